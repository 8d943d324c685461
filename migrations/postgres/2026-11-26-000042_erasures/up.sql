-- What was erased of whom, and why: ids and counts, never content. An erasure is carried out again where a backup is put
-- back, so whom it names and who asked for it may be unknown here: no foreign keys. That of a person belongs to no network,
-- and has the nil id for one.
CREATE TABLE erasures (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    subject text NOT NULL,
    subject_id uuid NOT NULL,
    with_records boolean NOT NULL,
    cause text NOT NULL,
    counts jsonb NOT NULL,
    told jsonb NOT NULL,
    created_by uuid,
    created_at timestamptz NOT NULL,
    replayed_at timestamptz,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE INDEX erasures_by_creation ON erasures (network_id, created_at, id);

-- Ids of records that were removed, by an erasure or by a run of retention: they answer that they are gone, and are never
-- used again.
CREATE TABLE tombstones (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    cycle_id uuid,
    removed_by uuid NOT NULL,
    PRIMARY KEY (id, network_id)
);
CREATE INDEX tombstones_by_removal ON tombstones (network_id, removed_by, id);
