-- Whether a network lets a learning record store outside know what happens in it.
ALTER TABLE networks ADD COLUMN forwards_to_lrs INTEGER NOT NULL DEFAULT 0;
CREATE INDEX networks_by_forwarding ON networks (id) WHERE forwards_to_lrs;

-- Up to which change of each network the store has the statements; how many it refused; and until when one instance has
-- the network for itself.
CREATE TABLE xapi_positions (
    network_id BLOB PRIMARY KEY NOT NULL,
    sent INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    held_until INTEGER
) STRICT, WITHOUT ROWID;
