-- The provision map: who runs what, at which rate, for whom, and which sessions were held.
--
-- INTEGER and TEXT only, as before: pence, minutes and ISO days. Costs and last days that follow from weeks are worked
-- out, never stored.

CREATE TABLE staff (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  role TEXT,
  minutes_week INTEGER,
  entered_at TEXT NOT NULL
) STRICT;

-- A rate holds from its day until the next one's.
CREATE TABLE rate (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  staff INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  pence_hour INTEGER NOT NULL CHECK (pence_hour >= 0),
  starts TEXT NOT NULL,
  entered_at TEXT NOT NULL
) STRICT;

CREATE INDEX rate_staff ON rate (staff, starts);

CREATE TABLE provision_type (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  area TEXT,
  tier TEXT,
  minutes INTEGER CHECK (minutes > 0),
  sessions_week INTEGER CHECK (sessions_week > 0),
  weeks INTEGER CHECK (weeks > 0),
  group_size INTEGER CHECK (group_size > 0),
  materials_pence INTEGER CHECK (materials_pence >= 0),
  entered_at TEXT NOT NULL
) STRICT;

-- A run. What it took from its type when it was made is its own: a type that changes changes no run.
CREATE TABLE provision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  type INTEGER NOT NULL REFERENCES provision_type (id) ON DELETE RESTRICT,
  staff INTEGER REFERENCES staff (id) ON DELETE SET NULL,
  starts TEXT NOT NULL,
  ends TEXT,
  minutes INTEGER NOT NULL CHECK (minutes > 0),
  sessions_week INTEGER NOT NULL CHECK (sessions_week > 0),
  weeks INTEGER NOT NULL CHECK (weeks > 0),
  materials_pence INTEGER NOT NULL CHECK (materials_pence >= 0),
  entered_at TEXT NOT NULL,
  binned_at TEXT,
  CHECK (ends IS NULL OR ends >= starts)
) STRICT;

CREATE INDEX provision_type_of ON provision (type);
CREATE INDEX provision_staff ON provision (staff) WHERE staff IS NOT NULL;

CREATE TABLE member (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  provision INTEGER NOT NULL REFERENCES provision (id) ON DELETE CASCADE,
  pupil INTEGER NOT NULL REFERENCES pupil (id) ON DELETE CASCADE,
  starts TEXT NOT NULL,
  ends TEXT,
  entry TEXT,
  exit TEXT,
  entered_at TEXT NOT NULL,
  binned_at TEXT,
  CHECK (ends IS NULL OR ends >= starts)
) STRICT;

CREATE INDEX member_provision ON member (provision);
CREATE INDEX member_pupil ON member (pupil);

-- `outcome` is held or missed. `staff` is who ran it, when it was somebody else than planned.
CREATE TABLE session (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  provision INTEGER NOT NULL REFERENCES provision (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT,
  staff INTEGER REFERENCES staff (id) ON DELETE SET NULL,
  entered_at TEXT NOT NULL
) STRICT;

CREATE INDEX session_provision ON session (provision, day);
CREATE INDEX session_staff ON session (staff) WHERE staff IS NOT NULL;

-- The history of a run and of a child's places, without reading the journal through.
CREATE INDEX journal_row_provision ON journal_row (
  iif(
    -- A row that was tampered with is for the check of the chain to find.
    json_valid(coalesce(after, before)),
    json_extract(coalesce(after, before), '$.provision'),
    NULL
  )
) WHERE tbl IN ('member', 'session');

CREATE INDEX journal_row_member ON journal_row (
  iif(json_valid(coalesce(after, before)), json_extract(coalesce(after, before), '$.pupil'), NULL)
) WHERE tbl = 'member';
