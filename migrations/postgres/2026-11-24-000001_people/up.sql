-- Who signs in, and the organisations they come from. Nothing here belongs to a network.
CREATE TABLE organisations (
    id uuid PRIMARY KEY NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    locality text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL
);
CREATE INDEX organisations_by_creation ON organisations (created_at, id);

CREATE TABLE people (
    id uuid PRIMARY KEY NOT NULL,
    kind text NOT NULL,
    -- None for an integration: it never signs in.
    email text,
    email_key text,
    display_name text NOT NULL,
    locale text NOT NULL,
    system_role text NOT NULL,
    active boolean NOT NULL,
    password_hash text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL
);
-- E-mail addresses compare without case: email_key is the folded address.
CREATE UNIQUE INDEX people_email_key ON people (email_key);
CREATE INDEX people_by_creation ON people (created_at, id);

-- One row a sign-in; its refresh tokens are one family.
CREATE TABLE auth_sessions (
    id uuid PRIMARY KEY NOT NULL,
    person_id uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE INDEX auth_sessions_by_person ON auth_sessions (person_id);

CREATE TABLE refresh_tokens (
    id uuid PRIMARY KEY NOT NULL,
    session_id uuid NOT NULL REFERENCES auth_sessions (id),
    token_hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    used_at timestamptz,
    successor_id uuid
);
CREATE UNIQUE INDEX refresh_tokens_hash ON refresh_tokens (token_hash);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

-- Only failures count towards the throttle; rows older than its window are removed as new ones come.
CREATE TABLE sign_in_failures (
    id uuid PRIMARY KEY NOT NULL,
    email_key text NOT NULL,
    address text NOT NULL,
    failed_at timestamptz NOT NULL
);
CREATE INDEX sign_in_failures_by_address ON sign_in_failures (address, failed_at);
CREATE INDEX sign_in_failures_by_time ON sign_in_failures (failed_at);

-- Keys the server makes for itself once and shares between its instances.
CREATE TABLE server_keys (
    name text PRIMARY KEY NOT NULL,
    value bytea NOT NULL
);
