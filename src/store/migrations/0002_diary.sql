-- The diary, the queue, the people around a child and the school's calendar.
--
-- INTEGER and TEXT only, as before. A day is ISO text, a moment is ISO text with or without `T` and a time: text sorts
-- as time does. `entered_at` and `binned_at` are the real clock's; `at` is when it happened, as it was told.

-- A person once, however many children they belong to: siblings share one mother, and her new number is entered once.
CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  -- The name folded, to be found by and compared with.
  name_key TEXT NOT NULL,
  phone TEXT,
  email TEXT,
  entered_at TEXT NOT NULL
) STRICT;

CREATE INDEX person_name ON person (name_key);

-- What a person is to one child. An id such as a3 is a row of this table. Yes and no are 1 and 0, not known is empty.
CREATE TABLE person_link (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  pupil INTEGER NOT NULL REFERENCES pupil (id) ON DELETE CASCADE,
  relationship TEXT,
  parental_responsibility INTEGER,
  share INTEGER,
  entered_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX person_link_pupil ON person_link (pupil, person);
CREATE INDEX person_link_person ON person_link (person);

-- With whom is kept as written; `person` only says whom that meant and may go when the person is taken off the file.
CREATE TABLE contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  minutes INTEGER,
  with_words TEXT,
  person INTEGER REFERENCES person_link (id) ON DELETE SET NULL,
  outcome TEXT,
  text TEXT NOT NULL,
  visibility TEXT NOT NULL,
  review INTEGER,
  tags TEXT,
  entered_at TEXT NOT NULL,
  binned_at TEXT
) STRICT;

-- The whole diary, read backwards: newest first, and of one moment the last entered first. And the bin, which is short:
-- what is in it is taken out of other lists by this index. Not partial, since a partial index never covers its own
-- condition and every row would be looked up.
CREATE INDEX contact_at ON contact (binned_at, at);
-- Taking a person off the file would otherwise look through the whole diary.
CREATE INDEX contact_person ON contact (person) WHERE person IS NOT NULL;

-- A child of an entry. No child goes while an entry is about it. `at` is the entry's, so that the index below is one
-- child's diary, newest first when read backwards, without a look at either table.
CREATE TABLE contact_pupil (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  pupil INTEGER NOT NULL REFERENCES pupil (id) ON DELETE RESTRICT,
  place INTEGER NOT NULL,
  words TEXT,
  at TEXT NOT NULL,
  entered_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX contact_pupil_contact ON contact_pupil (contact, pupil);
CREATE INDEX contact_pupil_diary ON contact_pupil (pupil, at, contact);

-- What was said of an entry later. `what` is amend or strike.
CREATE TABLE amendment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  what TEXT NOT NULL,
  text TEXT NOT NULL,
  entered_at TEXT NOT NULL
) STRICT;

CREATE INDEX amendment_contact ON amendment (contact, what);

-- `source` is the entry a task follows up.
CREATE TABLE task (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  due TEXT,
  pupil INTEGER REFERENCES pupil (id) ON DELETE CASCADE,
  source INTEGER REFERENCES contact (id) ON DELETE SET NULL,
  urgent INTEGER NOT NULL,
  carried INTEGER NOT NULL,
  waiting_for TEXT,
  done_on TEXT,
  entered_at TEXT NOT NULL,
  binned_at TEXT
) STRICT;

-- The queue and its counts, what was done lately, the bin: years of tasks done are not looked at.
CREATE INDEX task_due ON task (binned_at, done_on, due);
CREATE INDEX task_pupil ON task (pupil) WHERE pupil IS NOT NULL;
CREATE INDEX task_source ON task (source) WHERE source IS NOT NULL;

-- Terms that overlap are a fault to list, not to refuse.
CREATE TABLE term (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  starts TEXT NOT NULL,
  ends TEXT NOT NULL
) STRICT;

CREATE TABLE closure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL,
  name TEXT NOT NULL
) STRICT;

-- The words of the diary, by any word's first letters. They live in the tables alone; here is only the index. Triggers
-- of the file keep it, so that whatever writes the tables (undo, too) keeps it right. Derived, so not in the journal.
CREATE VIRTUAL TABLE contact_words USING fts5 (
  with_words, text, tags,
  content = 'contact', content_rowid = 'id', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER contact_words_insert AFTER INSERT ON contact
BEGIN
  INSERT INTO contact_words (rowid, with_words, text, tags) VALUES (NEW.id, NEW.with_words, NEW.text, NEW.tags);
END;

CREATE TRIGGER contact_words_delete AFTER DELETE ON contact
BEGIN
  INSERT INTO contact_words (contact_words, rowid, with_words, text, tags)
  VALUES ('delete', OLD.id, OLD.with_words, OLD.text, OLD.tags);
END;

CREATE TRIGGER contact_words_update AFTER UPDATE OF id, with_words, text, tags ON contact
BEGIN
  INSERT INTO contact_words (contact_words, rowid, with_words, text, tags)
  VALUES ('delete', OLD.id, OLD.with_words, OLD.text, OLD.tags);
  INSERT INTO contact_words (rowid, with_words, text, tags) VALUES (NEW.id, NEW.with_words, NEW.text, NEW.tags);
END;

-- Words about one child of an entry are found as well. Few entries have any, so only those are in the index.
CREATE VIEW contact_pupil_said AS SELECT id, words FROM contact_pupil WHERE words IS NOT NULL;

CREATE VIRTUAL TABLE contact_pupil_words USING fts5 (
  words,
  content = 'contact_pupil_said', content_rowid = 'id', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER contact_pupil_words_insert AFTER INSERT ON contact_pupil WHEN NEW.words IS NOT NULL
BEGIN
  INSERT INTO contact_pupil_words (rowid, words) VALUES (NEW.id, NEW.words);
END;

CREATE TRIGGER contact_pupil_words_delete AFTER DELETE ON contact_pupil WHEN OLD.words IS NOT NULL
BEGIN
  INSERT INTO contact_pupil_words (contact_pupil_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
END;

CREATE TRIGGER contact_pupil_words_update_old AFTER UPDATE OF id, words ON contact_pupil WHEN OLD.words IS NOT NULL
BEGIN
  INSERT INTO contact_pupil_words (contact_pupil_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
  INSERT INTO contact_pupil_words (rowid, words) SELECT NEW.id, NEW.words WHERE NEW.words IS NOT NULL;
END;

CREATE TRIGGER contact_pupil_words_update_new AFTER UPDATE OF id, words ON contact_pupil
WHEN OLD.words IS NULL AND NEW.words IS NOT NULL
BEGIN
  INSERT INTO contact_pupil_words (rowid, words) VALUES (NEW.id, NEW.words);
END;

-- The history of one record, without reading the journal through; and of what belongs to a child or to an entry, also
-- where that has been removed since.
CREATE INDEX journal_row_record ON journal_row (tbl, pk);
CREATE INDEX journal_row_owner ON journal_row (
  tbl,
  iif(
    -- A row that was tampered with is for the check of the chain to find.
    json_valid(coalesce(after, before)),
    json_extract(coalesce(after, before), iif(tbl IN ('contact_pupil', 'amendment'), '$.contact', '$.pupil')),
    NULL
  )
) WHERE tbl IN ('status_period', 'need', 'person_link', 'contact_pupil', 'amendment');

-- A form may be begun in several shapes about one child: the draft of a phone call is not that of an e-mail.
ALTER TABLE draft ADD COLUMN variant TEXT NOT NULL DEFAULT '';
DROP INDEX draft_about;
CREATE UNIQUE INDEX draft_about ON draft (kind, variant, coalesce(about, 0), editing);
