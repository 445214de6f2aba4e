-- An entry may be about nobody: the school, a class, a service, a policy, staff. There are none of its children then, and
-- this says what it is about; of an entry about children it is empty, as it is of every one made before.

ALTER TABLE contact ADD COLUMN about TEXT;

-- The entries about nobody, newest first when read backwards; of a long diary they are few.
CREATE INDEX contact_about ON contact (about, at) WHERE about IS NOT NULL;
