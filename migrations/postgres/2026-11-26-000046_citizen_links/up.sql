-- Links with which somebody without an account reads the page about one pseudonym, until they expire or are revoked. The token
-- is kept as a digest.
CREATE TABLE citizen_links (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    pseudonym_id uuid NOT NULL,
    language text NOT NULL,
    token_hash bytea NOT NULL,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, pseudonym_id) REFERENCES pseudonyms (network_id, id)
);
CREATE INDEX citizen_links_by_pseudonym ON citizen_links (network_id, pseudonym_id, created_at, id);
CREATE INDEX citizen_links_by_token ON citizen_links (token_hash);
CREATE INDEX citizen_links_by_creator ON citizen_links (created_by);
