-- Whether somebody outside is told of the network's changes, so that what records were like is kept for them; and the
-- first number that the log still has, 1 until older ones are cut off.
ALTER TABLE network_streams ADD COLUMN keeps_snapshots INTEGER NOT NULL DEFAULT 0;
ALTER TABLE network_streams ADD COLUMN first_change INTEGER NOT NULL DEFAULT 1;

-- What a record was like after a change. Apart from the log, which stays whole when one is erased.
CREATE TABLE change_snapshots (
    network_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (network_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX change_snapshots_by_age ON change_snapshots (at);
