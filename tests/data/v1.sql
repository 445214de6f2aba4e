-- A school's file as version 1 made it, under the key 1111…11 (32 bytes): schema, invented records and a journal.
-- Never edited: what is still read from it is what users of version 1 keep.
PRAGMA application_id = 1397050948;
PRAGMA user_version = 1;

CREATE TABLE school (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  urn TEXT,
  laestab TEXT,
  phase TEXT,
  entered_at TEXT NOT NULL
) STRICT;

CREATE TABLE pupil (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  upn TEXT,
  former_upn TEXT,
  mis_id TEXT,
  surname TEXT NOT NULL,
  forename TEXT NOT NULL,
  middle_names TEXT,
  preferred_forename TEXT,
  dob TEXT,
  sex TEXT,
  year TEXT,
  year_of INTEGER,
  class TEXT,
  home_la TEXT,
  left_on TEXT,
  name_key TEXT NOT NULL,
  entered_at TEXT NOT NULL
) STRICT;

CREATE TABLE status_period (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pupil INTEGER NOT NULL REFERENCES pupil (id) ON DELETE CASCADE,
  code TEXT NOT NULL,
  starts TEXT,
  ends TEXT,
  reason TEXT,
  parents_informed TEXT,
  recorded_as TEXT,
  CHECK (starts IS NULL OR ends IS NULL OR starts <= ends)
) STRICT;

CREATE TABLE need (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pupil INTEGER NOT NULL REFERENCES pupil (id) ON DELETE CASCADE,
  code TEXT NOT NULL,
  rank INTEGER NOT NULL CHECK (rank >= 1),
  starts TEXT,
  ends TEXT,
  recorded_as TEXT,
  CHECK (starts IS NULL OR ends IS NULL OR starts <= ends)
) STRICT;

CREATE TABLE setting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE draft (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  about INTEGER,
  editing INTEGER NOT NULL CHECK (editing IN (0, 1)),
  texts TEXT NOT NULL,
  kept_at TEXT NOT NULL
) STRICT;

CREATE TABLE journal_step (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('change', 'undo', 'redo', 'access', 'boundary')),
  label TEXT NOT NULL,
  author TEXT NOT NULL,
  login TEXT NOT NULL,
  at TEXT NOT NULL,
  working_date TEXT,
  reverses INTEGER REFERENCES journal_step (id),
  first_row INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE journal_row (
  id INTEGER PRIMARY KEY,
  step INTEGER NOT NULL,
  tbl TEXT NOT NULL,
  pk INTEGER NOT NULL,
  before TEXT,
  after TEXT,
  before_digest TEXT,
  after_digest TEXT
) STRICT;

INSERT INTO school (id, name, code, urn, laestab, phase, entered_at) VALUES (1, 'Oakfield Primary School', 'OAK', '123456', NULL, NULL, '2026-11-24T01:32:39.842Z');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence (name, seq) VALUES ('school', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('pupil', 2);
INSERT INTO sqlite_sequence (name, seq) VALUES ('status_period', 2);
INSERT INTO sqlite_sequence (name, seq) VALUES ('need', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('setting', 1);
INSERT INTO pupil (id, upn, former_upn, mis_id, surname, forename, middle_names, preferred_forename, dob, sex, year, year_of, class, home_la, left_on, name_key, entered_at) VALUES (1, NULL, NULL, NULL, 'Okafor', 'Aisha', NULL, NULL, '2016-11-03', NULL, '5', 2026, '5B', NULL, NULL, 'okafor	aisha', '2026-11-24T01:32:39.846Z');
INSERT INTO pupil (id, upn, former_upn, mis_id, surname, forename, middle_names, preferred_forename, dob, sex, year, year_of, class, home_la, left_on, name_key, entered_at) VALUES (2, NULL, NULL, NULL, 'Müller', 'Zoë', NULL, NULL, NULL, NULL, '6', 2026, '6A', NULL, NULL, 'muller	zoe', '2026-11-24T01:32:39.847Z');
INSERT INTO status_period (id, pupil, code, starts, ends, reason, parents_informed, recorded_as) VALUES (1, 1, 'N', '2024-09-02', '2025-01-12', NULL, NULL, NULL);
INSERT INTO status_period (id, pupil, code, starts, ends, reason, parents_informed, recorded_as) VALUES (2, 1, 'K', '2025-01-13', NULL, 'Assess, plan, do, review', NULL, NULL);
INSERT INTO need (id, pupil, code, rank, starts, ends, recorded_as) VALUES (1, 1, 'SLCN', 1, '2025-01-13', NULL, NULL);
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (1, 'boundary', 'Add the school', 'Sam Reed', 'sam', '2026-11-24T01:32:39.842Z', NULL, NULL, 1, 1, '', '786948960902803efbcdc075d20ec78433da920870a150f53cade8d449479aa4');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (2, 'change', 'Add', 'Sam Reed', 'sam', '2026-11-24T01:32:39.846Z', NULL, NULL, 2, 1, '786948960902803efbcdc075d20ec78433da920870a150f53cade8d449479aa4', '907a9f6463ab14268e30d3733bdb092024321bccc74e0a9f9394f611576edb89');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (3, 'change', 'Add', 'Sam Reed', 'sam', '2026-11-24T01:32:39.847Z', NULL, NULL, 3, 1, '907a9f6463ab14268e30d3733bdb092024321bccc74e0a9f9394f611576edb89', '1e22e2ff67de0c345afe6b624200ea78a21d5b8e81ba60eeef4c0ef9c78c1bfc');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (4, 'change', 'Add', 'Sam Reed', 'sam', '2026-11-24T01:32:39.847Z', NULL, NULL, 4, 1, '1e22e2ff67de0c345afe6b624200ea78a21d5b8e81ba60eeef4c0ef9c78c1bfc', '1fcd10dc283d9fc1b71e11ae7c9c22052dc786c6440f1dae55de1dbb467ba958');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (5, 'change', 'Add', 'Sam Reed', 'sam', '2026-11-24T01:32:39.848Z', NULL, NULL, 5, 2, '1fcd10dc283d9fc1b71e11ae7c9c22052dc786c6440f1dae55de1dbb467ba958', '5da5f82b61acbb02968cf5380153bb9a241aaca7df510e8698374c06db581a2d');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (6, 'change', 'Add', 'Sam Reed', 'sam', '2026-11-24T01:32:39.849Z', NULL, NULL, 7, 1, '5da5f82b61acbb02968cf5380153bb9a241aaca7df510e8698374c06db581a2d', '949306caed72cf92a1680ccb67c2244cf9036e7dd9e82c056d709326dad7e4c2');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (7, 'change', 'Change setting worklist', 'Sam Reed', 'sam', '2026-11-24T01:32:39.849Z', NULL, NULL, 8, 1, '949306caed72cf92a1680ccb67c2244cf9036e7dd9e82c056d709326dad7e4c2', 'd688ed878bc48e2c5f7c96c5750f878184f2eb74fecd224821dd73f1920b3bf8');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (8, 'undo', 'Undo: Change setting worklist', 'Sam Reed', 'sam', '2026-11-24T01:32:39.850Z', NULL, 7, 9, 1, 'd688ed878bc48e2c5f7c96c5750f878184f2eb74fecd224821dd73f1920b3bf8', 'edf7dc9939e8251f086d9334d8044cbc4818693003d8954fc04c874d87cda931');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (9, 'access', 'Print the register', 'Sam Reed', 'sam', '2026-11-24T01:32:39.851Z', NULL, NULL, 10, 0, 'edf7dc9939e8251f086d9334d8044cbc4818693003d8954fc04c874d87cda931', '39c874e5acda9bee7cdb961bb5cfc8d07dd118eb28783e328aff899bb53efd77');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (1, 1, 'school', 1, NULL, '{"id":1,"name":"Oakfield Primary School","code":"OAK","urn":"123456","entered_at":"2026-11-24T01:32:39.842Z"}', NULL, '484975c4a66b562586860f114dca4e7eb8c3a8a882bd18b72a094eb0dc180484');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (2, 2, 'pupil', 1, NULL, '{"id":1,"surname":"Okafor","forename":"Aisha","dob":"2016-11-03","year":"5","year_of":2026,"class":"5B","name_key":"okafor\taisha","entered_at":"2026-11-24T01:32:39.846Z"}', NULL, 'ccf732efa7eba2470f6fe7a5a1e29d66ff808c7ba4dbdd2f2e16e7b87349dbf0');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (3, 3, 'pupil', 2, NULL, '{"id":2,"surname":"Müller","forename":"Zoë","year":"6","year_of":2026,"class":"6A","name_key":"muller\tzoe","entered_at":"2026-11-24T01:32:39.847Z"}', NULL, '056a2bc0142d4184eadea2a54f1b70f15cd83b892214f61001c415031cf0d569');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (4, 4, 'status_period', 1, NULL, '{"id":1,"pupil":1,"code":"N","starts":"2024-09-02"}', NULL, '300f725f2af5a65c4561f947aa5bc1dfddc55d507c72ec018b89bed8eb9284dd');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (5, 5, 'status_period', 1, '{"id":1,"pupil":1,"code":"N","starts":"2024-09-02"}', '{"id":1,"pupil":1,"code":"N","starts":"2024-09-02","ends":"2025-01-12"}', '300f725f2af5a65c4561f947aa5bc1dfddc55d507c72ec018b89bed8eb9284dd', 'd683c64eb260bce99de9b0e7bb9a6c3aa3633727607ecb3c298dda7735ab2a36');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (6, 5, 'status_period', 2, NULL, '{"id":2,"pupil":1,"code":"K","starts":"2025-01-13","reason":"Assess, plan, do, review"}', NULL, '69b069ceb90367802ea5482b608db969d23f458fcd704bb1579a870176093c11');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (7, 6, 'need', 1, NULL, '{"id":1,"pupil":1,"code":"SLCN","rank":1,"starts":"2025-01-13"}', NULL, 'bb3e365041a5544a7378e8087c0b76298d3af152867efee27834d59ff7ad9dd5');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (8, 7, 'setting', 1, NULL, '{"id":1,"name":"worklist","value":"1"}', NULL, '7b00df27854cfe302e2c91f2526829b4e8616fa18fbb1f95203c5677911ec1c5');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (9, 8, 'setting', 1, '{"id":1,"name":"worklist","value":"1"}', NULL, '7b00df27854cfe302e2c91f2526829b4e8616fa18fbb1f95203c5677911ec1c5', NULL);

CREATE INDEX pupil_name ON pupil (name_key, class, left_on);

CREATE INDEX pupil_upn ON pupil (upn) WHERE upn IS NOT NULL;

CREATE INDEX pupil_mis_id ON pupil (mis_id) WHERE mis_id IS NOT NULL;

CREATE UNIQUE INDEX status_period_one_open ON status_period (pupil) WHERE ends IS NULL;

CREATE INDEX status_period_open ON status_period (pupil, code, ends) WHERE ends IS NULL;

CREATE INDEX status_period_pupil ON status_period (pupil);

CREATE TRIGGER status_period_overlap_insert BEFORE INSERT ON status_period
WHEN EXISTS (
  SELECT 1 FROM status_period AS other
  WHERE other.pupil = NEW.pupil
    AND coalesce(other.starts, '') <= coalesce(NEW.ends, '9999-12-31')
    AND coalesce(NEW.starts, '') <= coalesce(other.ends, '9999-12-31')
)
BEGIN
  SELECT RAISE(ABORT, 'status periods overlap');
END;

CREATE TRIGGER status_period_overlap_update BEFORE UPDATE OF pupil, starts, ends ON status_period
WHEN EXISTS (
  SELECT 1 FROM status_period AS other
  WHERE other.pupil = NEW.pupil AND other.id <> NEW.id
    AND coalesce(other.starts, '') <= coalesce(NEW.ends, '9999-12-31')
    AND coalesce(NEW.starts, '') <= coalesce(other.ends, '9999-12-31')
)
BEGIN
  SELECT RAISE(ABORT, 'status periods overlap');
END;

CREATE INDEX need_pupil ON need (pupil, ends, rank, code);

CREATE UNIQUE INDEX draft_about ON draft (kind, coalesce(about, 0), editing);

CREATE INDEX journal_step_reverses ON journal_step (reverses) WHERE reverses IS NOT NULL;

CREATE INDEX journal_step_boundary ON journal_step (id) WHERE kind = 'boundary';

CREATE TRIGGER journal_step_keeps_steps BEFORE DELETE ON journal_step
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

CREATE TRIGGER journal_step_keeps_words BEFORE UPDATE ON journal_step
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

CREATE TRIGGER journal_row_keeps_rows BEFORE DELETE ON journal_row
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

CREATE TRIGGER journal_row_keeps_images BEFORE UPDATE ON journal_row
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

