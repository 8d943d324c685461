CREATE TABLE networks (
    id uuid PRIMARY KEY NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    parent_id uuid REFERENCES networks (id),
    locality text,
    description text,
    pauses jsonb NOT NULL,
    state text NOT NULL,
    state_reason text,
    successor_id uuid REFERENCES networks (id),
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL
);
CREATE INDEX networks_by_parent ON networks (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX networks_by_successor ON networks (successor_id) WHERE successor_id IS NOT NULL;
CREATE INDEX networks_by_creator ON networks (created_by);

CREATE TABLE members (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    person_id uuid NOT NULL REFERENCES people (id),
    role text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
-- A person who comes back gets a new membership; one at a time.
CREATE INDEX members_person ON members (network_id, person_id, starts_at, ends_at, role);
CREATE INDEX members_by_person ON members (person_id);
CREATE INDEX members_by_end ON members (ends_at) WHERE ends_at IS NOT NULL;
CREATE INDEX members_by_creation ON members (network_id, created_at, id);

CREATE TABLE invitations (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    role text NOT NULL,
    ends_at timestamptz,
    token_hash bytea NOT NULL,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE INDEX invitations_by_token ON invitations (token_hash);
CREATE INDEX invitations_by_creator ON invitations (created_by);
CREATE INDEX invitations_by_creation ON invitations (network_id, created_at, id);

-- Organisations behind a network. Rows that have ended stay: who led when.
CREATE TABLE partners (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    role text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE INDEX partners_by_organisation ON partners (organisation_id);
CREATE INDEX partners_by_creation ON partners (network_id, created_at, id);
