-- Networks that take part in a cycle of another network. `network_id` is the cycle's own network.
CREATE TABLE co_networks (
    id BLOB NOT NULL,
    network_id BLOB NOT NULL,
    cycle_id BLOB NOT NULL,
    co_network_id BLOB NOT NULL REFERENCES networks (id),
    state TEXT NOT NULL,
    reason TEXT,
    agreed_to_close_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX co_networks_by_creation ON co_networks (network_id, cycle_id, created_at, id);
CREATE INDEX co_networks_by_co_network ON co_networks (co_network_id, created_at, id);
