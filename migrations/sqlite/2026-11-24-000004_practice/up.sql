-- Practice records: what is said, seen, thought, done and told back. Lists of ids lie in the record in the order
-- given; a link table for each carries the foreign keys and answers the question the other way round.
-- The keys of what is written most begin with the id: one index then finds a record and serves the composite keys.
CREATE TABLE pseudonyms (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    label TEXT NOT NULL,
    age_band TEXT,
    area TEXT,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX pseudonyms_label ON pseudonyms (network_id, label);
CREATE INDEX pseudonyms_by_creation ON pseudonyms (network_id, created_at, id);
CREATE INDEX pseudonyms_by_creator ON pseudonyms (created_by);

CREATE TABLE questions (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    cycle_id BLOB NOT NULL,
    text TEXT NOT NULL,
    pseudonym_id BLOB,
    life_domains TEXT NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT,
    author_id BLOB NOT NULL REFERENCES people (id),
    happened_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (id, network_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, pseudonym_id) REFERENCES pseudonyms (network_id, id)
) STRICT;
CREATE INDEX questions_by_cycle ON questions (network_id, cycle_id, happened_at, id);
CREATE INDEX questions_by_pseudonym ON questions (network_id, pseudonym_id) WHERE pseudonym_id IS NOT NULL;
CREATE INDEX questions_by_author ON questions (author_id);

CREATE TABLE returns (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    cycle_id BLOB NOT NULL,
    question_id BLOB NOT NULL,
    text TEXT NOT NULL,
    recognised TEXT,
    response TEXT,
    state TEXT NOT NULL,
    state_reason TEXT,
    author_id BLOB NOT NULL REFERENCES people (id),
    happened_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (id, network_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, question_id) REFERENCES questions (network_id, id)
) STRICT;
CREATE INDEX returns_by_question ON returns (network_id, question_id, happened_at, id);
CREATE INDEX returns_by_cycle ON returns (network_id, cycle_id);
CREATE INDEX returns_by_author ON returns (author_id);

CREATE TABLE observations (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    cycle_id BLOB,
    body TEXT NOT NULL,
    perspective TEXT NOT NULL,
    voice TEXT,
    question_id BLOB,
    about_pseudonym_ids TEXT NOT NULL,
    on_behalf_of_pseudonym_id BLOB,
    theme_ids TEXT NOT NULL,
    life_domains TEXT NOT NULL,
    tags TEXT NOT NULL,
    late INTEGER NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT,
    author_id BLOB NOT NULL REFERENCES people (id),
    happened_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (id, network_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, question_id) REFERENCES questions (network_id, id),
    FOREIGN KEY (network_id, on_behalf_of_pseudonym_id) REFERENCES pseudonyms (network_id, id)
) STRICT;
CREATE INDEX observations_by_cycle ON observations (network_id, cycle_id, happened_at, id);
CREATE INDEX observations_by_time ON observations (network_id, happened_at, id);
CREATE INDEX observations_by_question ON observations (network_id, question_id) WHERE question_id IS NOT NULL;
CREATE INDEX observations_by_spokesperson ON observations (network_id, on_behalf_of_pseudonym_id) WHERE on_behalf_of_pseudonym_id IS NOT NULL;
CREATE INDEX observations_by_author ON observations (author_id);

CREATE TABLE observation_themes (
    network_id BLOB NOT NULL,
    observation_id BLOB NOT NULL,
    theme_id BLOB NOT NULL REFERENCES themes (id),
    PRIMARY KEY (network_id, observation_id, theme_id),
    FOREIGN KEY (network_id, observation_id) REFERENCES observations (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX observation_themes_by_theme ON observation_themes (theme_id, network_id, observation_id);

CREATE TABLE observation_pseudonyms (
    network_id BLOB NOT NULL,
    observation_id BLOB NOT NULL,
    pseudonym_id BLOB NOT NULL,
    PRIMARY KEY (network_id, observation_id, pseudonym_id),
    FOREIGN KEY (network_id, observation_id) REFERENCES observations (network_id, id),
    FOREIGN KEY (network_id, pseudonym_id) REFERENCES pseudonyms (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX observation_pseudonyms_by_pseudonym ON observation_pseudonyms (network_id, pseudonym_id, observation_id);

CREATE TABLE reflections (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    cycle_id BLOB NOT NULL,
    observation_ids TEXT NOT NULL,
    model TEXT NOT NULL,
    model_version INTEGER NOT NULL,
    answers TEXT NOT NULL,
    loop_depth TEXT NOT NULL,
    frame_shift TEXT,
    participant_ids TEXT NOT NULL,
    visibility TEXT NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT,
    author_id BLOB NOT NULL REFERENCES people (id),
    happened_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (id, network_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
) STRICT;
CREATE INDEX reflections_by_cycle ON reflections (network_id, cycle_id, happened_at, id);
CREATE INDEX reflections_by_author ON reflections (author_id);

CREATE TABLE reflection_observations (
    network_id BLOB NOT NULL,
    reflection_id BLOB NOT NULL,
    observation_id BLOB NOT NULL,
    PRIMARY KEY (network_id, reflection_id, observation_id),
    FOREIGN KEY (network_id, reflection_id) REFERENCES reflections (network_id, id),
    FOREIGN KEY (network_id, observation_id) REFERENCES observations (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reflection_observations_by_observation ON reflection_observations (network_id, observation_id, reflection_id);

CREATE TABLE reflection_people (
    network_id BLOB NOT NULL,
    reflection_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    PRIMARY KEY (network_id, reflection_id, person_id),
    FOREIGN KEY (network_id, reflection_id) REFERENCES reflections (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reflection_people_by_person ON reflection_people (person_id);

CREATE TABLE actions (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    cycle_id BLOB NOT NULL,
    reflection_ids TEXT NOT NULL,
    description TEXT NOT NULL,
    kind TEXT NOT NULL,
    owner_id BLOB NOT NULL REFERENCES people (id),
    carried_out_by TEXT,
    challenged_organisation_id BLOB REFERENCES organisations (id),
    challenges TEXT,
    due_on TEXT,
    state TEXT NOT NULL,
    state_reason TEXT,
    author_id BLOB NOT NULL REFERENCES people (id),
    happened_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (id, network_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
) STRICT;
CREATE INDEX actions_by_cycle ON actions (network_id, cycle_id, happened_at, id);
CREATE INDEX actions_by_owner ON actions (owner_id);
CREATE INDEX actions_by_author ON actions (author_id);
CREATE INDEX actions_by_challenged ON actions (challenged_organisation_id) WHERE challenged_organisation_id IS NOT NULL;

CREATE TABLE action_reflections (
    network_id BLOB NOT NULL,
    action_id BLOB NOT NULL,
    reflection_id BLOB NOT NULL,
    PRIMARY KEY (network_id, action_id, reflection_id),
    FOREIGN KEY (network_id, action_id) REFERENCES actions (network_id, id),
    FOREIGN KEY (network_id, reflection_id) REFERENCES reflections (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX action_reflections_by_reflection ON action_reflections (network_id, reflection_id, action_id);

-- An open action that a later cycle took along; the action itself keeps its origin.
CREATE TABLE action_carries (
    network_id BLOB NOT NULL,
    action_id BLOB NOT NULL,
    from_cycle_id BLOB NOT NULL,
    to_cycle_id BLOB NOT NULL,
    carried_at INTEGER NOT NULL,
    PRIMARY KEY (network_id, action_id, from_cycle_id),
    FOREIGN KEY (network_id, action_id) REFERENCES actions (network_id, id),
    FOREIGN KEY (network_id, from_cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, to_cycle_id) REFERENCES cycles (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX action_carries_out ON action_carries (network_id, from_cycle_id);
CREATE INDEX action_carries_in ON action_carries (network_id, to_cycle_id);

CREATE TABLE evaluations (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    cycle_id BLOB NOT NULL,
    action_id BLOB NOT NULL,
    expected_effect TEXT NOT NULL,
    seen_effect TEXT NOT NULL,
    verdict TEXT NOT NULL,
    judged_by TEXT NOT NULL,
    beneficiaries TEXT,
    state TEXT NOT NULL,
    state_reason TEXT,
    author_id BLOB NOT NULL REFERENCES people (id),
    happened_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (id, network_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, action_id) REFERENCES actions (network_id, id)
) STRICT;
CREATE INDEX evaluations_by_action ON evaluations (network_id, action_id, happened_at, id);
CREATE INDEX evaluations_by_cycle ON evaluations (network_id, cycle_id);
CREATE INDEX evaluations_by_author ON evaluations (author_id);
