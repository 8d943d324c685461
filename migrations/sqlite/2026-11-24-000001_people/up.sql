-- Who signs in, and the organisations they come from. Nothing here belongs to a network.
CREATE TABLE organisations (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    locality TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX organisations_by_creation ON organisations (created_at, id);

CREATE TABLE people (
    id BLOB PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    -- None for an integration: it never signs in.
    email TEXT,
    email_key TEXT,
    display_name TEXT NOT NULL,
    locale TEXT NOT NULL,
    system_role TEXT NOT NULL,
    active INTEGER NOT NULL,
    password_hash TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;
-- E-mail addresses compare without case: email_key is the folded address.
CREATE UNIQUE INDEX people_email_key ON people (email_key);
CREATE INDEX people_by_creation ON people (created_at, id);

-- One row a sign-in; its refresh tokens are one family.
CREATE TABLE auth_sessions (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX auth_sessions_by_person ON auth_sessions (person_id);

CREATE TABLE refresh_tokens (
    id BLOB PRIMARY KEY NOT NULL,
    session_id BLOB NOT NULL REFERENCES auth_sessions (id),
    token_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER,
    successor_id BLOB
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX refresh_tokens_hash ON refresh_tokens (token_hash);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

-- Only failures count towards the throttle; rows older than its window are removed as new ones come.
CREATE TABLE sign_in_failures (
    id BLOB PRIMARY KEY NOT NULL,
    email_key TEXT NOT NULL,
    address TEXT NOT NULL,
    failed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_failures_by_address ON sign_in_failures (address, failed_at);
CREATE INDEX sign_in_failures_by_time ON sign_in_failures (failed_at);

-- Keys the server makes for itself once and shares between its instances.
CREATE TABLE server_keys (
    name TEXT PRIMARY KEY NOT NULL,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
