-- The desk: which schools there are, their keys, the user's own settings. No child is in it.

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
