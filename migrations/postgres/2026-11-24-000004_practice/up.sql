-- Practice records: what is said, seen, thought, done and told back. Lists of ids lie in the record in the order
-- given; a link table for each carries the foreign keys and answers the question the other way round.
-- The keys of what is written most begin with the id: one index then finds a record and serves the composite keys.
CREATE TABLE pseudonyms (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    label text NOT NULL,
    age_band text,
    area text,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE UNIQUE INDEX pseudonyms_label ON pseudonyms (network_id, label);
CREATE INDEX pseudonyms_by_creation ON pseudonyms (network_id, created_at, id);
CREATE INDEX pseudonyms_by_creator ON pseudonyms (created_by);

CREATE TABLE questions (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    cycle_id uuid NOT NULL,
    text text NOT NULL,
    pseudonym_id uuid,
    life_domains jsonb NOT NULL,
    state text NOT NULL,
    state_reason text,
    author_id uuid NOT NULL REFERENCES people (id),
    happened_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (id, network_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, pseudonym_id) REFERENCES pseudonyms (network_id, id)
);
CREATE INDEX questions_by_cycle ON questions (network_id, cycle_id, happened_at, id);
CREATE INDEX questions_by_pseudonym ON questions (network_id, pseudonym_id) WHERE pseudonym_id IS NOT NULL;
CREATE INDEX questions_by_author ON questions (author_id);

CREATE TABLE returns (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    cycle_id uuid NOT NULL,
    question_id uuid NOT NULL,
    text text NOT NULL,
    recognised text,
    response text,
    state text NOT NULL,
    state_reason text,
    author_id uuid NOT NULL REFERENCES people (id),
    happened_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (id, network_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, question_id) REFERENCES questions (network_id, id)
);
CREATE INDEX returns_by_question ON returns (network_id, question_id, happened_at, id);
CREATE INDEX returns_by_cycle ON returns (network_id, cycle_id);
CREATE INDEX returns_by_author ON returns (author_id);

CREATE TABLE observations (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    cycle_id uuid,
    body text NOT NULL,
    perspective text NOT NULL,
    voice text,
    question_id uuid,
    about_pseudonym_ids jsonb NOT NULL,
    on_behalf_of_pseudonym_id uuid,
    theme_ids jsonb NOT NULL,
    life_domains jsonb NOT NULL,
    tags jsonb NOT NULL,
    late boolean NOT NULL,
    state text NOT NULL,
    state_reason text,
    author_id uuid NOT NULL REFERENCES people (id),
    happened_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (id, network_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, question_id) REFERENCES questions (network_id, id),
    FOREIGN KEY (network_id, on_behalf_of_pseudonym_id) REFERENCES pseudonyms (network_id, id)
);
CREATE INDEX observations_by_cycle ON observations (network_id, cycle_id, happened_at, id);
CREATE INDEX observations_by_time ON observations (network_id, happened_at, id);
CREATE INDEX observations_by_question ON observations (network_id, question_id) WHERE question_id IS NOT NULL;
CREATE INDEX observations_by_spokesperson ON observations (network_id, on_behalf_of_pseudonym_id) WHERE on_behalf_of_pseudonym_id IS NOT NULL;
CREATE INDEX observations_by_author ON observations (author_id);

CREATE TABLE observation_themes (
    network_id uuid NOT NULL,
    observation_id uuid NOT NULL,
    theme_id uuid NOT NULL REFERENCES themes (id),
    PRIMARY KEY (network_id, observation_id, theme_id),
    FOREIGN KEY (network_id, observation_id) REFERENCES observations (network_id, id)
);
CREATE INDEX observation_themes_by_theme ON observation_themes (theme_id, network_id, observation_id);

CREATE TABLE observation_pseudonyms (
    network_id uuid NOT NULL,
    observation_id uuid NOT NULL,
    pseudonym_id uuid NOT NULL,
    PRIMARY KEY (network_id, observation_id, pseudonym_id),
    FOREIGN KEY (network_id, observation_id) REFERENCES observations (network_id, id),
    FOREIGN KEY (network_id, pseudonym_id) REFERENCES pseudonyms (network_id, id)
);
CREATE INDEX observation_pseudonyms_by_pseudonym ON observation_pseudonyms (network_id, pseudonym_id, observation_id);

CREATE TABLE reflections (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    cycle_id uuid NOT NULL,
    observation_ids jsonb NOT NULL,
    model text NOT NULL,
    model_version integer NOT NULL,
    answers jsonb NOT NULL,
    loop_depth text NOT NULL,
    frame_shift jsonb,
    participant_ids jsonb NOT NULL,
    visibility text NOT NULL,
    state text NOT NULL,
    state_reason text,
    author_id uuid NOT NULL REFERENCES people (id),
    happened_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (id, network_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
);
CREATE INDEX reflections_by_cycle ON reflections (network_id, cycle_id, happened_at, id);
CREATE INDEX reflections_by_author ON reflections (author_id);

CREATE TABLE reflection_observations (
    network_id uuid NOT NULL,
    reflection_id uuid NOT NULL,
    observation_id uuid NOT NULL,
    PRIMARY KEY (network_id, reflection_id, observation_id),
    FOREIGN KEY (network_id, reflection_id) REFERENCES reflections (network_id, id),
    FOREIGN KEY (network_id, observation_id) REFERENCES observations (network_id, id)
);
CREATE INDEX reflection_observations_by_observation ON reflection_observations (network_id, observation_id, reflection_id);

CREATE TABLE reflection_people (
    network_id uuid NOT NULL,
    reflection_id uuid NOT NULL,
    person_id uuid NOT NULL REFERENCES people (id),
    PRIMARY KEY (network_id, reflection_id, person_id),
    FOREIGN KEY (network_id, reflection_id) REFERENCES reflections (network_id, id)
);
CREATE INDEX reflection_people_by_person ON reflection_people (person_id);

CREATE TABLE actions (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    cycle_id uuid NOT NULL,
    reflection_ids jsonb NOT NULL,
    description text NOT NULL,
    kind text NOT NULL,
    owner_id uuid NOT NULL REFERENCES people (id),
    carried_out_by text,
    challenged_organisation_id uuid REFERENCES organisations (id),
    challenges jsonb,
    due_on date,
    state text NOT NULL,
    state_reason text,
    author_id uuid NOT NULL REFERENCES people (id),
    happened_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (id, network_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
);
CREATE INDEX actions_by_cycle ON actions (network_id, cycle_id, happened_at, id);
CREATE INDEX actions_by_owner ON actions (owner_id);
CREATE INDEX actions_by_author ON actions (author_id);
CREATE INDEX actions_by_challenged ON actions (challenged_organisation_id) WHERE challenged_organisation_id IS NOT NULL;

CREATE TABLE action_reflections (
    network_id uuid NOT NULL,
    action_id uuid NOT NULL,
    reflection_id uuid NOT NULL,
    PRIMARY KEY (network_id, action_id, reflection_id),
    FOREIGN KEY (network_id, action_id) REFERENCES actions (network_id, id),
    FOREIGN KEY (network_id, reflection_id) REFERENCES reflections (network_id, id)
);
CREATE INDEX action_reflections_by_reflection ON action_reflections (network_id, reflection_id, action_id);

-- An open action that a later cycle took along; the action itself keeps its origin.
CREATE TABLE action_carries (
    network_id uuid NOT NULL,
    action_id uuid NOT NULL,
    from_cycle_id uuid NOT NULL,
    to_cycle_id uuid NOT NULL,
    carried_at timestamptz NOT NULL,
    PRIMARY KEY (network_id, action_id, from_cycle_id),
    FOREIGN KEY (network_id, action_id) REFERENCES actions (network_id, id),
    FOREIGN KEY (network_id, from_cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, to_cycle_id) REFERENCES cycles (network_id, id)
);
CREATE INDEX action_carries_out ON action_carries (network_id, from_cycle_id);
CREATE INDEX action_carries_in ON action_carries (network_id, to_cycle_id);

CREATE TABLE evaluations (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    cycle_id uuid NOT NULL,
    action_id uuid NOT NULL,
    expected_effect text NOT NULL,
    seen_effect text NOT NULL,
    verdict text NOT NULL,
    judged_by text NOT NULL,
    beneficiaries text,
    state text NOT NULL,
    state_reason text,
    author_id uuid NOT NULL REFERENCES people (id),
    happened_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (id, network_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, action_id) REFERENCES actions (network_id, id)
);
CREATE INDEX evaluations_by_action ON evaluations (network_id, action_id, happened_at, id);
CREATE INDEX evaluations_by_cycle ON evaluations (network_id, cycle_id);
CREATE INDEX evaluations_by_author ON evaluations (author_id);
