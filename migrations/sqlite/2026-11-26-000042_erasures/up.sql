-- What was erased of whom, and why: ids and counts, never content. An erasure is carried out again where a backup is put
-- back, so whom it names and who asked for it may be unknown here: no foreign keys. That of a person belongs to no network,
-- and has the nil id for one.
CREATE TABLE erasures (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    subject TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    with_records INTEGER NOT NULL,
    cause TEXT NOT NULL,
    counts TEXT NOT NULL,
    told TEXT NOT NULL,
    created_by BLOB,
    created_at INTEGER NOT NULL,
    replayed_at INTEGER,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX erasures_by_creation ON erasures (network_id, created_at, id);

-- Ids of records that were removed, by an erasure or by a run of retention: they answer that they are gone, and are never
-- used again.
CREATE TABLE tombstones (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    cycle_id BLOB,
    removed_by BLOB NOT NULL,
    PRIMARY KEY (id, network_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstones_by_removal ON tombstones (network_id, removed_by, id);

-- What is deleted from the words of search is overwritten at once, and not when the index happens to be merged.
INSERT INTO search_terms (search_terms, rank) VALUES ('secure-delete', 1);
