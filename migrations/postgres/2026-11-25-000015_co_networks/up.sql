-- Networks that take part in a cycle of another network. `network_id` is the cycle's own network.
CREATE TABLE co_networks (
    id uuid NOT NULL,
    network_id uuid NOT NULL,
    cycle_id uuid NOT NULL,
    co_network_id uuid NOT NULL REFERENCES networks (id),
    state text NOT NULL,
    reason text,
    agreed_to_close_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
);
CREATE INDEX co_networks_by_creation ON co_networks (network_id, cycle_id, created_at, id);
CREATE INDEX co_networks_by_co_network ON co_networks (co_network_id, created_at, id);
