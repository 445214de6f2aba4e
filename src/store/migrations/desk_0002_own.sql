-- The user's own tasks, which belong to no school. No child is in them: there is no column for one.

CREATE TABLE task (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  due TEXT,
  urgent INTEGER NOT NULL,
  carried INTEGER NOT NULL,
  waiting_for TEXT,
  done_on TEXT,
  entered_at TEXT NOT NULL
) STRICT;

CREATE INDEX task_due ON task (done_on, due);

-- What was done to them. Each row as it was before and after, as JSON; null where there was none.
CREATE TABLE step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  label TEXT NOT NULL,
  rows TEXT NOT NULL,
  taken_back_at TEXT
) STRICT;

-- A form begun and not saved, of this task or of a new one.
CREATE TABLE draft (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  task INTEGER,
  texts TEXT NOT NULL,
  kept_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX draft_of ON draft (coalesce(task, 0));
