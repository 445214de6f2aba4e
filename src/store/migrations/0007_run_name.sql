-- Two runs of one type are told apart by a name of their own, asked for when there would be a second. Empty: the type's name
-- says enough.

ALTER TABLE provision ADD COLUMN run_name TEXT;
