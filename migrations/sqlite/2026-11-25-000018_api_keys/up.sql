-- Keys of integrations. Each has an account of its own, a person of the kind integration, whose membership of the network
-- has the key's role. The key itself is nowhere: it is found by its prefix and known by its hash. last_used_at is no
-- change of the record, and is written now and then.
CREATE TABLE api_keys (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    operations TEXT NOT NULL,
    prefix TEXT NOT NULL,
    key_hash BLOB NOT NULL,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    last_used_at INTEGER,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX api_keys_by_prefix ON api_keys (prefix);
CREATE INDEX api_keys_by_person ON api_keys (person_id);
CREATE INDEX api_keys_by_creator ON api_keys (created_by);
CREATE INDEX api_keys_by_creation ON api_keys (network_id, created_at, id);
