-- Links with which somebody without an account reads the page about one pseudonym, until they expire or are revoked. The token
-- is kept as a digest.
CREATE TABLE citizen_links (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    pseudonym_id BLOB NOT NULL,
    language TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, pseudonym_id) REFERENCES pseudonyms (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX citizen_links_by_pseudonym ON citizen_links (network_id, pseudonym_id, created_at, id);
CREATE INDEX citizen_links_by_token ON citizen_links (token_hash);
CREATE INDEX citizen_links_by_creator ON citizen_links (created_by);
