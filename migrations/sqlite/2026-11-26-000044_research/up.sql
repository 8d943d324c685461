-- Consents to the use of records for research under one protocol: of whom a pseudonym stands for, or of somebody who writes.
-- A consent that was withdrawn stays, and counts for nothing.
CREATE TABLE research_consents (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    pseudonym_id BLOB,
    person_id BLOB REFERENCES people (id),
    protocol TEXT NOT NULL,
    given_on TEXT NOT NULL,
    means TEXT NOT NULL,
    ends_on TEXT,
    state TEXT NOT NULL,
    state_reason TEXT,
    recorded_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, pseudonym_id) REFERENCES pseudonyms (network_id, id),
    CHECK ((pseudonym_id IS NULL) <> (person_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX research_consents_by_creation ON research_consents (network_id, created_at, id);
CREATE INDEX research_consents_by_protocol ON research_consents (network_id, protocol, state);
CREATE INDEX research_consents_by_pseudonym ON research_consents (network_id, pseudonym_id) WHERE pseudonym_id IS NOT NULL;
CREATE INDEX research_consents_by_person ON research_consents (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX research_consents_by_recorder ON research_consents (recorded_by);
