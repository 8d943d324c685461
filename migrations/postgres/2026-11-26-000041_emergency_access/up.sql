-- Administrators who for a stated cause, and for a time, see what readers of a network see. An access under it names it.
CREATE TABLE emergency_accesses (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    person_id uuid NOT NULL REFERENCES people (id),
    cause text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_by uuid REFERENCES people (id),
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
-- What each request of an administrator is looked up by.
CREATE INDEX emergency_accesses_by_person ON emergency_accesses (person_id, network_id, expires_at);
CREATE INDEX emergency_accesses_by_ender ON emergency_accesses (ended_by);
CREATE INDEX emergency_accesses_by_creation ON emergency_accesses (network_id, created_at, id);
-- As in the migration of unique ids, which a distributed PostgreSQL leaves out: it goes without this index too.
CREATE UNIQUE INDEX emergency_accesses_id ON emergency_accesses (id);
