-- What the desk last saw of each school: its newest step with that step's hash, so that an older file put in its place is
-- known; 0 before anything was seen.
--
-- `journal_key` is the key the school's journal is chained with. It stays when the file gets another key. Empty where it
-- is derived from the file's own key, as it was before.

ALTER TABLE school ADD COLUMN journal_key TEXT;
ALTER TABLE school ADD COLUMN head INTEGER NOT NULL DEFAULT 0;
ALTER TABLE school ADD COLUMN head_hash TEXT NOT NULL DEFAULT '';
