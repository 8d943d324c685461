CREATE TABLE networks (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    parent_id BLOB REFERENCES networks (id),
    locality TEXT,
    description TEXT,
    pauses TEXT NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT,
    successor_id BLOB REFERENCES networks (id),
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX networks_by_parent ON networks (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX networks_by_successor ON networks (successor_id) WHERE successor_id IS NOT NULL;
CREATE INDEX networks_by_creator ON networks (created_by);

CREATE TABLE members (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
-- A person who comes back gets a new membership; one at a time.
CREATE INDEX members_person ON members (network_id, person_id, starts_at, ends_at, role);
CREATE INDEX members_by_person ON members (person_id);
CREATE INDEX members_by_end ON members (ends_at) WHERE ends_at IS NOT NULL;
CREATE INDEX members_by_creation ON members (network_id, created_at, id);

CREATE TABLE invitations (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    role TEXT NOT NULL,
    ends_at INTEGER,
    token_hash BLOB NOT NULL,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    accepted_at INTEGER,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX invitations_by_token ON invitations (token_hash);
CREATE INDEX invitations_by_creator ON invitations (created_by);
CREATE INDEX invitations_by_creation ON invitations (network_id, created_at, id);

-- Organisations behind a network. Rows that have ended stay: who led when.
CREATE TABLE partners (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    role TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX partners_by_organisation ON partners (organisation_id);
CREATE INDEX partners_by_creation ON partners (network_id, created_at, id);
