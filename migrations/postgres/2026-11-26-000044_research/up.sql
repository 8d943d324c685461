-- Consents to the use of records for research under one protocol: of whom a pseudonym stands for, or of somebody who writes.
-- A consent that was withdrawn stays, and counts for nothing.
CREATE TABLE research_consents (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    pseudonym_id uuid,
    person_id uuid REFERENCES people (id),
    protocol text NOT NULL,
    given_on date NOT NULL,
    means text NOT NULL,
    ends_on date,
    state text NOT NULL,
    state_reason text,
    recorded_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, pseudonym_id) REFERENCES pseudonyms (network_id, id),
    CHECK ((pseudonym_id IS NULL) <> (person_id IS NULL))
);
CREATE INDEX research_consents_by_creation ON research_consents (network_id, created_at, id);
CREATE INDEX research_consents_by_protocol ON research_consents (network_id, protocol, state);
CREATE INDEX research_consents_by_pseudonym ON research_consents (network_id, pseudonym_id) WHERE pseudonym_id IS NOT NULL;
CREATE INDEX research_consents_by_person ON research_consents (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX research_consents_by_recorder ON research_consents (recorded_by);
