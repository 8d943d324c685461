-- What becomes of a text that tells who somebody is, one row a network; a network without one has what the program says.
-- Of a citizen service number (BSN) there is no column: it is always refused.
CREATE TABLE privacy_policies (
    network_id uuid NOT NULL PRIMARY KEY REFERENCES networks (id),
    iban text NOT NULL,
    email text NOT NULL,
    phone text NOT NULL,
    address text NOT NULL,
    birth_date text NOT NULL,
    name text NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL
);

-- Names that a network looks for in its texts: personal data, for its coordinators alone.
CREATE TABLE guarded_names (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    name text NOT NULL,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE INDEX guarded_names_by_creation ON guarded_names (network_id, created_at, id);
CREATE INDEX guarded_names_by_creator ON guarded_names (created_by);

-- What was found in a text that was stored all the same: where it stands, and never what. One byte of a keyed digest tells
-- whether something else stands there later; it goes when the warning is resolved.
CREATE TABLE privacy_warnings (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    cycle_id uuid,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    pointer text NOT NULL,
    kind text NOT NULL,
    certainty text NOT NULL,
    starts integer NOT NULL,
    length integer NOT NULL,
    trace integer,
    state text NOT NULL,
    private boolean NOT NULL,
    author_id uuid NOT NULL REFERENCES people (id),
    confirmed_by uuid REFERENCES people (id),
    confirmed_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE INDEX privacy_warnings_by_creation ON privacy_warnings (network_id, created_at, id);
CREATE INDEX privacy_warnings_by_subject ON privacy_warnings (network_id, subject_id);
CREATE INDEX privacy_warnings_by_author ON privacy_warnings (author_id);
CREATE INDEX privacy_warnings_by_confirmer ON privacy_warnings (confirmed_by);

-- A name for what a network has in the three tables above, another whenever that changes; none where it has nothing there.
-- Each write takes this row anyway, so most pay nothing to know that their texts are held against the usual alone.
ALTER TABLE network_streams ADD COLUMN text_guard uuid;
