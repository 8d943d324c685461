-- Whether a network lets a learning record store outside know what happens in it.
ALTER TABLE networks ADD COLUMN forwards_to_lrs boolean NOT NULL DEFAULT false;
CREATE INDEX networks_by_forwarding ON networks (id) WHERE forwards_to_lrs;

-- Up to which change of each network the store has the statements; how many it refused; and until when one instance has
-- the network for itself.
CREATE TABLE xapi_positions (
    network_id uuid PRIMARY KEY NOT NULL,
    sent bigint NOT NULL,
    refused bigint NOT NULL,
    held_until timestamptz
);
