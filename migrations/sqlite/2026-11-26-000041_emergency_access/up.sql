-- Administrators who for a stated cause, and for a time, see what readers of a network see. An access under it names it.
CREATE TABLE emergency_accesses (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    cause TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER,
    ended_by BLOB REFERENCES people (id),
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
-- What each request of an administrator is looked up by.
CREATE INDEX emergency_accesses_by_person ON emergency_accesses (person_id, network_id, expires_at);
CREATE INDEX emergency_accesses_by_ender ON emergency_accesses (ended_by);
CREATE INDEX emergency_accesses_by_creation ON emergency_accesses (network_id, created_at, id);
-- As in the migration of unique ids, which a distributed PostgreSQL leaves out: it goes without this index too.
CREATE UNIQUE INDEX emergency_accesses_id ON emergency_accesses (id);
