-- What becomes of a text that tells who somebody is, one row a network; a network without one has what the program says.
-- Of a citizen service number (BSN) there is no column: it is always refused.
CREATE TABLE privacy_policies (
    network_id BLOB NOT NULL PRIMARY KEY REFERENCES networks (id),
    iban TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    name TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Names that a network looks for in its texts: personal data, for its coordinators alone.
CREATE TABLE guarded_names (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX guarded_names_by_creation ON guarded_names (network_id, created_at, id);
CREATE INDEX guarded_names_by_creator ON guarded_names (created_by);

-- What was found in a text that was stored all the same: where it stands, and never what. One byte of a keyed digest tells
-- whether something else stands there later; it goes when the warning is resolved.
CREATE TABLE privacy_warnings (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    cycle_id BLOB,
    subject_kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    pointer TEXT NOT NULL,
    kind TEXT NOT NULL,
    certainty TEXT NOT NULL,
    starts INTEGER NOT NULL,
    length INTEGER NOT NULL,
    trace INTEGER,
    state TEXT NOT NULL,
    private INTEGER NOT NULL,
    author_id BLOB NOT NULL REFERENCES people (id),
    confirmed_by BLOB REFERENCES people (id),
    confirmed_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX privacy_warnings_by_creation ON privacy_warnings (network_id, created_at, id);
CREATE INDEX privacy_warnings_by_subject ON privacy_warnings (network_id, subject_id);
CREATE INDEX privacy_warnings_by_author ON privacy_warnings (author_id);
CREATE INDEX privacy_warnings_by_confirmer ON privacy_warnings (confirmed_by);

-- A name for what a network has in the three tables above, another whenever that changes; none where it has nothing there.
-- Each write takes this row anyway, so most pay nothing to know that their texts are held against the usual alone.
ALTER TABLE network_streams ADD COLUMN text_guard BLOB;
