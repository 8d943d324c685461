-- The last number of each network's stream of changes. A write takes this row first and so orders all writes of
-- the network. The stream of what belongs to no network is the nil id's.
CREATE TABLE network_streams (
    network_id uuid PRIMARY KEY NOT NULL,
    last_change bigint NOT NULL
);

INSERT INTO network_streams (network_id, last_change) VALUES ('00000000-0000-0000-0000-000000000000', 0);

-- The change log. No foreign keys: it outlives what it tells of.
CREATE TABLE changes (
    network_id uuid NOT NULL,
    number bigint NOT NULL,
    cycle_id uuid,
    actor_id uuid,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    subject_version integer NOT NULL,
    audience text NOT NULL,
    PRIMARY KEY (network_id, number)
);
