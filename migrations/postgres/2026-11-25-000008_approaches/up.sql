-- Ways of working that a network develops, and their versions, which stay as they are. The insights that changed a
-- version may lie in other networks: they are named without foreign keys, and are never deleted once they can be named.
CREATE TABLE approaches (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE INDEX approaches_by_creation ON approaches (network_id, created_at, id);
CREATE INDEX approaches_by_creator ON approaches (created_by);

CREATE TABLE approach_versions (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    approach_id uuid NOT NULL,
    number integer NOT NULL,
    text text NOT NULL,
    insight_ids jsonb NOT NULL,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, approach_id) REFERENCES approaches (network_id, id)
);
CREATE UNIQUE INDEX approach_versions_number ON approach_versions (network_id, approach_id, number);
CREATE INDEX approach_versions_by_creation ON approach_versions (network_id, approach_id, created_at, id);
CREATE INDEX approach_versions_by_creator ON approach_versions (created_by);

-- The version that a cycle tries. As with a cycle's themes, the link carries the foreign keys and answers the question
-- the other way round.
ALTER TABLE cycles ADD COLUMN approach_version_id uuid;
CREATE TABLE cycle_approaches (
    network_id uuid NOT NULL,
    cycle_id uuid NOT NULL,
    approach_version_id uuid NOT NULL,
    PRIMARY KEY (network_id, cycle_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, approach_version_id) REFERENCES approach_versions (network_id, id)
);
CREATE INDEX cycle_approaches_by_version ON cycle_approaches (network_id, approach_version_id);
