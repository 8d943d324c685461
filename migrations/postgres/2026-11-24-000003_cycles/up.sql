CREATE TABLE themes (
    id uuid PRIMARY KEY NOT NULL,
    title text NOT NULL,
    former_titles jsonb NOT NULL,
    locality text,
    starts_on date,
    ends_on date,
    broader_theme_id uuid REFERENCES themes (id),
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL
);
CREATE INDEX themes_by_creation ON themes (created_at, id);
CREATE INDEX themes_by_broader ON themes (broader_theme_id) WHERE broader_theme_id IS NOT NULL;
CREATE INDEX themes_by_creator ON themes (created_by);

CREATE TABLE cycles (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    learning_question text NOT NULL,
    theme_ids jsonb NOT NULL,
    phase text NOT NULL,
    previous_cycle_id uuid,
    closed_at timestamptz,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, previous_cycle_id) REFERENCES cycles (network_id, id)
);
CREATE INDEX cycles_by_creation ON cycles (network_id, created_at, id);
CREATE INDEX cycles_by_creator ON cycles (created_by);
-- A cycle has one successor at most.
CREATE UNIQUE INDEX cycles_successor ON cycles (network_id, previous_cycle_id) WHERE previous_cycle_id IS NOT NULL;

-- The ids lie in cycles.theme_ids in the order given; this table carries the foreign keys and the question the other way round.
CREATE TABLE cycle_themes (
    network_id uuid NOT NULL,
    cycle_id uuid NOT NULL,
    theme_id uuid NOT NULL REFERENCES themes (id),
    PRIMARY KEY (network_id, cycle_id, theme_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
);
CREATE INDEX cycle_themes_by_theme ON cycle_themes (theme_id);

CREATE TABLE participants (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    cycle_id uuid NOT NULL,
    person_id uuid NOT NULL REFERENCES people (id),
    role text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    reason text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
);
CREATE INDEX participants_person ON participants (network_id, cycle_id, person_id);
CREATE INDEX participants_by_person ON participants (person_id);
CREATE INDEX participants_by_creation ON participants (network_id, cycle_id, created_at, id);

-- Every move of a state (a cycle's phase, an action's, a record closed or withdrawn), with who and why.
CREATE TABLE transitions (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    subject_id uuid NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    reason text,
    person_id uuid NOT NULL REFERENCES people (id),
    happened_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE INDEX transitions_by_subject ON transitions (network_id, subject_id, created_at, id);
CREATE INDEX transitions_by_person ON transitions (person_id);
