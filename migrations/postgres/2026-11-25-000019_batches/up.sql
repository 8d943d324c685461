-- Batches that were carried out, to be answered the same when they are sent again. Results say what came of each item,
-- and nothing of what the records say.
CREATE TABLE batches (
    id uuid NOT NULL PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people (id),
    digest bytea NOT NULL,
    written boolean NOT NULL,
    results jsonb NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX batches_by_person ON batches (person_id);
