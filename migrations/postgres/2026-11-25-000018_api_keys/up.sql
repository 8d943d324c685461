-- Keys of integrations. Each has an account of its own, a person of the kind integration, whose membership of the network
-- has the key's role. The key itself is nowhere: it is found by its prefix and known by its hash. last_used_at is no
-- change of the record, and is written now and then.
CREATE TABLE api_keys (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    person_id uuid NOT NULL REFERENCES people (id),
    name text NOT NULL,
    operations jsonb NOT NULL,
    prefix text NOT NULL,
    key_hash bytea NOT NULL,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE INDEX api_keys_by_prefix ON api_keys (prefix);
CREATE INDEX api_keys_by_person ON api_keys (person_id);
CREATE INDEX api_keys_by_creator ON api_keys (created_by);
CREATE INDEX api_keys_by_creation ON api_keys (network_id, created_at, id);
