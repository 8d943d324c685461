-- The last number of each network's stream of changes. A write takes this row first and so orders all writes of
-- the network. The stream of what belongs to no network is the nil id's.
CREATE TABLE network_streams (
    network_id BLOB PRIMARY KEY NOT NULL,
    last_change INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO network_streams (network_id, last_change) VALUES (x'00000000000000000000000000000000', 0);

-- The change log. No foreign keys: it outlives what it tells of.
CREATE TABLE changes (
    network_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    cycle_id BLOB,
    actor_id BLOB,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    subject_version INTEGER NOT NULL,
    audience TEXT NOT NULL,
    PRIMARY KEY (network_id, number)
) STRICT, WITHOUT ROWID;
