-- What a network asks in its check-ins: versions, added and never changed.
CREATE TABLE check_in_definitions (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    version INTEGER NOT NULL,
    statements TEXT NOT NULL,
    scale TEXT NOT NULL,
    reason TEXT,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX check_in_definitions_number ON check_in_definitions (network_id, version);
CREATE INDEX check_in_definitions_by_creation ON check_in_definitions (network_id, created_at, id);
CREATE INDEX check_in_definitions_by_creator ON check_in_definitions (created_by);

-- Without a definition of the network's own it is the built-in one, in the version named.
CREATE TABLE check_ins (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    definition_id BLOB,
    definition_version INTEGER NOT NULL,
    starts_on TEXT NOT NULL,
    closes_on TEXT NOT NULL,
    state TEXT NOT NULL,
    closed_at INTEGER,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, definition_id) REFERENCES check_in_definitions (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX check_ins_by_creation ON check_ins (network_id, created_at, id);
CREATE INDEX check_ins_by_start ON check_ins (network_id, starts_on, id);
CREATE INDEX check_ins_by_definition ON check_ins (network_id, definition_id) WHERE definition_id IS NOT NULL;
CREATE INDEX check_ins_by_creator ON check_ins (created_by);

CREATE TABLE check_in_responses (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    check_in_id BLOB NOT NULL,
    author_id BLOB NOT NULL REFERENCES people (id),
    answers TEXT NOT NULL,
    influences TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, check_in_id) REFERENCES check_ins (network_id, id)
) STRICT, WITHOUT ROWID;
-- One response a person.
CREATE UNIQUE INDEX check_in_responses_person ON check_in_responses (network_id, check_in_id, author_id);
CREATE INDEX check_in_responses_by_author ON check_in_responses (author_id);
