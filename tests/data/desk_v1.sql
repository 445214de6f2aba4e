-- The desk's own file as version 1 made it: schema, one school and a setting.
-- Never edited: what is still read from it is what users of version 1 keep.
PRAGMA application_id = 1397050955;
PRAGMA user_version = 1;

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
) STRICT;

CREATE TABLE setting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL
) STRICT;

INSERT INTO desk (id, author, backup_phrase, current) VALUES (1, 'Sam Reed', 'legal winner thank year wave sausage', 'OAK');
INSERT INTO school (id, code, name, urn, laestab, phase, raw_key, failed_noted) VALUES (1, 'OAK', 'Oakfield Primary School', '123456', NULL, NULL, '1111111111111111111111111111111111111111111111111111111111111111', 0);
INSERT INTO setting (id, name, value) VALUES (1, 'theme', 'mono');
