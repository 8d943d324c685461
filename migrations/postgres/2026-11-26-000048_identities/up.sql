-- Whom an issuer of access tokens knows people as. Issuer and subject are what a token is found by, and nobody else's.
CREATE TABLE identities (
    id uuid PRIMARY KEY NOT NULL,
    person_id uuid NOT NULL REFERENCES people (id),
    issuer text NOT NULL,
    subject text NOT NULL,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    digest bytea NOT NULL
);
CREATE UNIQUE INDEX identities_subject ON identities (issuer, subject);
CREATE INDEX identities_by_person ON identities (person_id, created_at, id);
CREATE INDEX identities_by_creator ON identities (created_by);
