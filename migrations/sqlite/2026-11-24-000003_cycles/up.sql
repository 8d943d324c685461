CREATE TABLE themes (
    id BLOB PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    former_titles TEXT NOT NULL,
    locality TEXT,
    starts_on TEXT,
    ends_on TEXT,
    broader_theme_id BLOB REFERENCES themes (id),
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX themes_by_creation ON themes (created_at, id);
CREATE INDEX themes_by_broader ON themes (broader_theme_id) WHERE broader_theme_id IS NOT NULL;
CREATE INDEX themes_by_creator ON themes (created_by);

CREATE TABLE cycles (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    learning_question TEXT NOT NULL,
    theme_ids TEXT NOT NULL,
    phase TEXT NOT NULL,
    previous_cycle_id BLOB,
    closed_at INTEGER,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, previous_cycle_id) REFERENCES cycles (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cycles_by_creation ON cycles (network_id, created_at, id);
CREATE INDEX cycles_by_creator ON cycles (created_by);
-- A cycle has one successor at most.
CREATE UNIQUE INDEX cycles_successor ON cycles (network_id, previous_cycle_id) WHERE previous_cycle_id IS NOT NULL;

-- The ids lie in cycles.theme_ids in the order given; this table carries the foreign keys and the question the other way round.
CREATE TABLE cycle_themes (
    network_id BLOB NOT NULL,
    cycle_id BLOB NOT NULL,
    theme_id BLOB NOT NULL REFERENCES themes (id),
    PRIMARY KEY (network_id, cycle_id, theme_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cycle_themes_by_theme ON cycle_themes (theme_id);

CREATE TABLE participants (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    cycle_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER,
    reason TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX participants_person ON participants (network_id, cycle_id, person_id);
CREATE INDEX participants_by_person ON participants (person_id);
CREATE INDEX participants_by_creation ON participants (network_id, cycle_id, created_at, id);

-- Every move of a state (a cycle's phase, an action's, a record closed or withdrawn), with who and why.
CREATE TABLE transitions (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    subject_id BLOB NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    reason TEXT,
    person_id BLOB NOT NULL REFERENCES people (id),
    happened_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX transitions_by_subject ON transitions (network_id, subject_id, created_at, id);
CREATE INDEX transitions_by_person ON transitions (person_id);
