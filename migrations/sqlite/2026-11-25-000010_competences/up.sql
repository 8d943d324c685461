-- The catalogue: a competence is the whole server's, or a network's own. It is small and the same everywhere.
CREATE TABLE competences (
    id BLOB PRIMARY KEY NOT NULL,
    network_id BLOB REFERENCES networks (id),
    name TEXT NOT NULL,
    description TEXT,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX competences_by_creation ON competences (created_at, id);
CREATE INDEX competences_by_network ON competences (network_id, created_at, id);
CREATE INDEX competences_by_creator ON competences (created_by);

-- What a question asks for.
ALTER TABLE questions ADD COLUMN competence_ids TEXT NOT NULL DEFAULT '[]';

CREATE TABLE question_competences (
    network_id BLOB NOT NULL,
    question_id BLOB NOT NULL,
    competence_id BLOB NOT NULL REFERENCES competences (id),
    PRIMARY KEY (network_id, question_id, competence_id),
    FOREIGN KEY (question_id, network_id) REFERENCES questions (id, network_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX question_competences_by_competence ON question_competences (competence_id, network_id, question_id);

-- What people say of themselves belongs to them and to no network.
CREATE TABLE competence_statements (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    competence_id BLOB NOT NULL REFERENCES competences (id),
    level TEXT,
    disclosure TEXT NOT NULL,
    offers_help INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;
-- A competence is stated once.
CREATE UNIQUE INDEX competence_statements_once ON competence_statements (person_id, competence_id);
CREATE INDEX competence_statements_by_person ON competence_statements (person_id, created_at, id);
CREATE INDEX competence_statements_by_competence ON competence_statements (competence_id, created_at, id);
CREATE INDEX competence_statements_by_creation ON competence_statements (created_at, id);

CREATE TABLE competence_endorsements (
    id BLOB PRIMARY KEY NOT NULL,
    statement_id BLOB NOT NULL REFERENCES competence_statements (id),
    person_id BLOB NOT NULL REFERENCES people (id),
    level TEXT,
    note TEXT,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX competence_endorsements_once ON competence_endorsements (statement_id, person_id);
CREATE INDEX competence_endorsements_by_statement ON competence_endorsements (statement_id, created_at, id);
CREATE INDEX competence_endorsements_by_person ON competence_endorsements (person_id);

-- A goal moves once, to achieved or dropped: the move lies in it. An insight or an action that was the route is of some
-- network's practice, which may lie on another node, and is not deleted: no foreign key leads there.
CREATE TABLE learning_goals (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    competence_id BLOB NOT NULL REFERENCES competences (id),
    text TEXT,
    disclosure TEXT NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT,
    route_kind TEXT,
    route_person_id BLOB REFERENCES people (id),
    route_insight_id BLOB,
    route_action_id BLOB,
    route_text TEXT,
    settled_at INTEGER,
    move_id BLOB,
    move_digest BLOB,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX learning_goals_by_person ON learning_goals (person_id, created_at, id);
CREATE INDEX learning_goals_by_competence ON learning_goals (competence_id, state, created_at, id);
CREATE INDEX learning_goals_by_creation ON learning_goals (created_at, id);
-- A move is one goal's, as an id is one record's.
CREATE UNIQUE INDEX learning_goals_move ON learning_goals (move_id) WHERE move_id IS NOT NULL;
CREATE INDEX learning_goals_by_route_person ON learning_goals (route_person_id) WHERE route_person_id IS NOT NULL;

CREATE TABLE learning_goal_evidence (
    id BLOB PRIMARY KEY NOT NULL,
    goal_id BLOB NOT NULL REFERENCES learning_goals (id),
    text TEXT NOT NULL,
    happened_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX learning_goal_evidence_by_goal ON learning_goal_evidence (goal_id, happened_at, id);

-- Ids of what people took back. Nothing else is left of it, and a late resend must not bring it back.
CREATE TABLE retracted_ids (
    id BLOB PRIMARY KEY NOT NULL,
    retracted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
