-- Two runs of the program may have begun the same form: each keeps a draft of its own, and says whose it is while it is at
-- work. Empty: nobody's, to be taken up by whoever opens the form next.

ALTER TABLE draft ADD COLUMN session TEXT NOT NULL DEFAULT '';

DROP INDEX draft_about;

CREATE INDEX draft_about ON draft (kind, variant, about, editing);
