-- A school's file, first shape. Never edited after a release: later shapes are later files.
--
-- INTEGER and TEXT only: row images are kept as JSON, which holds both exactly. Dates are ISO text.
-- What is wrong in the office's data (a bad UPN, a code in no set) is kept and listed to be mended; refused are
-- only two open statuses, periods that overlap, references to nothing and ranks below 1.

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

-- Covers the names held in memory: all of them in order without touching the table.
CREATE INDEX pupil_name ON pupil (name_key, class, left_on);
-- Not unique: two children under one number are a fault to list, not a file to refuse.
CREATE INDEX pupil_upn ON pupil (upn) WHERE upn IS NOT NULL;
CREATE INDEX pupil_mis_id ON pupil (mis_id) WHERE mis_id IS NOT NULL;

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

CREATE UNIQUE INDEX status_period_one_open ON status_period (pupil) WHERE ends IS NULL;
-- Covers the status column of the register; without `ends` in it every row would be looked up all the same.
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

-- Covers the needs column of the register, lasting ones by rank.
CREATE INDEX need_pupil ON need (pupil, ends, rank, code);

CREATE TABLE setting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL
) STRICT;

-- Forms begun and not saved. Not in the journal: nothing has happened yet.
CREATE TABLE draft (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  about INTEGER,
  editing INTEGER NOT NULL CHECK (editing IN (0, 1)),
  texts TEXT NOT NULL,
  kept_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX draft_about ON draft (kind, coalesce(about, 0), editing);

-- The journal. Its numbers run without gaps, which the check of the chain relies on; nothing here is ever deleted,
-- so no AUTOINCREMENT is needed to keep them from being used again.
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

CREATE INDEX journal_step_reverses ON journal_step (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX journal_step_boundary ON journal_step (id) WHERE kind = 'boundary';

-- A step is written after its rows, over which its hash goes. No foreign key leads from row to step: SQLite would look
-- through every row of the journal when the step follows. Its rows are those from first_row on; the chain finds strays.
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

CREATE TRIGGER journal_step_keeps_steps BEFORE DELETE ON journal_step
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER journal_step_keeps_words BEFORE UPDATE ON journal_step
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER journal_row_keeps_rows BEFORE DELETE ON journal_row
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER journal_row_keeps_images BEFORE UPDATE ON journal_row
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
