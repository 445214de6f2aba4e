-- The hours a week took at this school: one typed line for a week, from its Monday.
--
-- INTEGER and TEXT only, as before. Two lines of one week are added up, should undo ever bring that about.

CREATE TABLE hours (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  week TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes > 0),
  note TEXT,
  entered_at TEXT NOT NULL
) STRICT;

CREATE INDEX hours_week ON hours (week);
