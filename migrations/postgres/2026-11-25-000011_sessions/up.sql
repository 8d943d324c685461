-- Meetings of a learning set, and what was reviewed, asked, noted and thought there. Lists of ids lie in the record in
-- the order given; a link table for each carries the foreign keys. The cycle of a session never changes, and what hangs
-- on the session names it too.
CREATE TABLE sessions (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    cycle_id uuid,
    title text,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    place text,
    agenda text,
    state text NOT NULL,
    state_reason text,
    present_ids jsonb NOT NULL,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
);
CREATE INDEX sessions_by_start ON sessions (network_id, starts_at, id);
CREATE INDEX sessions_by_cycle ON sessions (network_id, cycle_id, starts_at, id) WHERE cycle_id IS NOT NULL;
CREATE INDEX sessions_by_creator ON sessions (created_by);

CREATE TABLE session_people (
    network_id uuid NOT NULL,
    session_id uuid NOT NULL,
    person_id uuid NOT NULL REFERENCES people (id),
    PRIMARY KEY (network_id, session_id, person_id),
    FOREIGN KEY (network_id, session_id) REFERENCES sessions (network_id, id)
);
CREATE INDEX session_people_by_person ON session_people (person_id);

CREATE TABLE action_reviews (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    session_id uuid NOT NULL,
    cycle_id uuid,
    action_id uuid NOT NULL,
    note text NOT NULL,
    decision text,
    state text NOT NULL,
    state_reason text,
    author_id uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, session_id) REFERENCES sessions (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, action_id) REFERENCES actions (network_id, id)
);
CREATE INDEX action_reviews_by_session ON action_reviews (network_id, session_id, created_at, id);
CREATE INDEX action_reviews_by_cycle ON action_reviews (network_id, cycle_id) WHERE cycle_id IS NOT NULL;
CREATE INDEX action_reviews_by_action ON action_reviews (network_id, action_id);
CREATE INDEX action_reviews_by_author ON action_reviews (author_id);

CREATE TABLE session_questions (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    session_id uuid NOT NULL,
    cycle_id uuid,
    kind text NOT NULL,
    text text NOT NULL,
    asked_by_id uuid REFERENCES people (id),
    state text NOT NULL,
    state_reason text,
    author_id uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, session_id) REFERENCES sessions (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
);
CREATE INDEX session_questions_by_session ON session_questions (network_id, session_id, created_at, id);
CREATE INDEX session_questions_by_cycle ON session_questions (network_id, cycle_id) WHERE cycle_id IS NOT NULL;
CREATE INDEX session_questions_by_asker ON session_questions (asked_by_id) WHERE asked_by_id IS NOT NULL;
CREATE INDEX session_questions_by_author ON session_questions (author_id);

CREATE TABLE session_notes (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    session_id uuid NOT NULL,
    cycle_id uuid,
    text text NOT NULL,
    visibility text NOT NULL,
    state text NOT NULL,
    state_reason text,
    author_id uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, session_id) REFERENCES sessions (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
);
CREATE INDEX session_notes_by_session ON session_notes (network_id, session_id, created_at, id);
CREATE INDEX session_notes_by_cycle ON session_notes (network_id, cycle_id) WHERE cycle_id IS NOT NULL;
CREATE INDEX session_notes_by_author ON session_notes (author_id);

-- Who was present when a note was kept to those present. Whoever is put on the session's list later is not in here.
CREATE TABLE session_note_people (
    network_id uuid NOT NULL,
    note_id uuid NOT NULL,
    person_id uuid NOT NULL REFERENCES people (id),
    PRIMARY KEY (network_id, note_id, person_id),
    FOREIGN KEY (network_id, note_id) REFERENCES session_notes (network_id, id)
);
CREATE INDEX session_note_people_by_person ON session_note_people (person_id, network_id, note_id);

ALTER TABLE reflections ADD COLUMN session_id uuid;
CREATE TABLE session_reflections (
    network_id uuid NOT NULL,
    session_id uuid NOT NULL,
    reflection_id uuid NOT NULL,
    PRIMARY KEY (network_id, session_id, reflection_id),
    FOREIGN KEY (network_id, session_id) REFERENCES sessions (network_id, id),
    FOREIGN KEY (network_id, reflection_id) REFERENCES reflections (network_id, id)
);
CREATE INDEX session_reflections_by_reflection ON session_reflections (network_id, reflection_id);

-- The open actions of a whole network, newest first.
CREATE INDEX actions_by_time ON actions (network_id, happened_at, id);
