-- Batches that were carried out, to be answered the same when they are sent again. Results say what came of each item,
-- and nothing of what the records say.
CREATE TABLE batches (
    id BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES people (id),
    digest BLOB NOT NULL,
    written INTEGER NOT NULL,
    results TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX batches_by_person ON batches (person_id);
