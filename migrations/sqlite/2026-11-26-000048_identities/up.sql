-- Whom an issuer of access tokens knows people as. Issuer and subject are what a token is found by, and nobody else's.
CREATE TABLE identities (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX identities_subject ON identities (issuer, subject);
CREATE INDEX identities_by_person ON identities (person_id, created_at, id);
CREATE INDEX identities_by_creator ON identities (created_by);
