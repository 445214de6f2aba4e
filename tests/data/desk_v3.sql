-- The desk's own file as version 3 made it: schema, one school with its journal's key and the step last seen, a setting, tasks.
-- Never edited: what is still read from it is what users of version 3 keep.
PRAGMA application_id = 1397050955;
PRAGMA user_version = 3;

CREATE TABLE desk (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  author TEXT NOT NULL,
  backup_phrase TEXT NOT NULL,
  current TEXT
) STRICT;

CREATE TABLE school (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  urn TEXT,
  laestab TEXT,
  phase TEXT,
  raw_key TEXT NOT NULL,
  -- Failed unlocks of the desk that this school's journal has noted.
  failed_noted INTEGER NOT NULL
, journal_key TEXT, head INTEGER NOT NULL DEFAULT 0, head_hash TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE setting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL
) STRICT;

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

CREATE TABLE step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  label TEXT NOT NULL,
  rows TEXT NOT NULL,
  taken_back_at TEXT
) STRICT;

CREATE TABLE draft (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  task INTEGER,
  texts TEXT NOT NULL,
  kept_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX draft_of ON draft (coalesce(task, 0));

INSERT INTO desk (id, author, backup_phrase, current) VALUES (1, 'Sam Reed', 'legal winner thank year wave sausage', 'OAK');
INSERT INTO school (id, code, name, urn, laestab, phase, raw_key, failed_noted, journal_key, head, head_hash) VALUES (1, 'OAK', 'Oakfield Primary School', '123456', NULL, NULL, '1111111111111111111111111111111111111111111111111111111111111111', 0, '22222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222222', 0, '');
INSERT INTO setting (id, name, value) VALUES (1, 'theme', 'mono');
INSERT INTO task (id, title, due, urgent, carried, waiting_for, done_on, entered_at) VALUES (1, 'Network meeting: bring the SEN2 figures', '2026-12-03T13:30', 1, 1, NULL, NULL, '2026-11-23T14:02:00.000Z');
INSERT INTO task (id, title, due, urgent, carried, waiting_for, done_on, entered_at) VALUES (2, 'NPQ SENCO: send in the second assignment', NULL, 0, 0, 'the provider', '2026-11-20', '2026-11-02T09:00:00.000Z');
INSERT INTO step (id, at, label, rows, taken_back_at) VALUES (1, '2026-11-23T14:02:00.000Z', 'Add task', '[[1,null,["Network meeting: bring the SEN2 figures","2026-12-03T13:30",1,1,null,null,"2026-11-23T14:02:00.000Z"]]]', NULL);
INSERT INTO draft (id, task, texts, kept_at) VALUES (1, NULL, '{"title":"Book the EHCP training"}', '2026-11-23T14:05:00.000Z');
