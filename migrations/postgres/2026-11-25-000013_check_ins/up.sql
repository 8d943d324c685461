-- What a network asks in its check-ins: versions, added and never changed.
CREATE TABLE check_in_definitions (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    version integer NOT NULL,
    statements jsonb NOT NULL,
    scale jsonb NOT NULL,
    reason text,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE UNIQUE INDEX check_in_definitions_number ON check_in_definitions (network_id, version);
CREATE INDEX check_in_definitions_by_creation ON check_in_definitions (network_id, created_at, id);
CREATE INDEX check_in_definitions_by_creator ON check_in_definitions (created_by);

-- Without a definition of the network's own it is the built-in one, in the version named.
CREATE TABLE check_ins (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    definition_id uuid,
    definition_version integer NOT NULL,
    starts_on date NOT NULL,
    closes_on date NOT NULL,
    state text NOT NULL,
    closed_at timestamptz,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, definition_id) REFERENCES check_in_definitions (network_id, id)
);
CREATE INDEX check_ins_by_creation ON check_ins (network_id, created_at, id);
CREATE INDEX check_ins_by_start ON check_ins (network_id, starts_on, id);
CREATE INDEX check_ins_by_definition ON check_ins (network_id, definition_id) WHERE definition_id IS NOT NULL;
CREATE INDEX check_ins_by_creator ON check_ins (created_by);

CREATE TABLE check_in_responses (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    check_in_id uuid NOT NULL,
    author_id uuid NOT NULL REFERENCES people (id),
    answers jsonb NOT NULL,
    influences jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, check_in_id) REFERENCES check_ins (network_id, id)
);
-- One response a person.
CREATE UNIQUE INDEX check_in_responses_person ON check_in_responses (network_id, check_in_id, author_id);
CREATE INDEX check_in_responses_by_author ON check_in_responses (author_id);
