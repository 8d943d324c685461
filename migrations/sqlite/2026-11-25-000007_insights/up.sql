-- What others can learn from a cycle. The lists of ids lie in the insight in the order given; a link table for each
-- carries the foreign keys and answers the question the other way round. What points to an insight of another network
-- (adapted_from_id) has no foreign key: networks may lie on different nodes, and only drafts, to which nothing points,
-- are ever deleted.
CREATE TABLE insights (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    cycle_id BLOB NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    locality TEXT,
    theme_ids TEXT NOT NULL,
    reflection_ids TEXT NOT NULL,
    evaluation_ids TEXT NOT NULL,
    adapted_from_id BLOB,
    state TEXT NOT NULL,
    state_reason TEXT,
    audience TEXT,
    provenance TEXT,
    shared_at INTEGER,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
) STRICT;
CREATE INDEX insights_by_creation ON insights (network_id, created_at, id);
CREATE INDEX insights_newest ON insights (created_at, id);
CREATE INDEX insights_by_cycle ON insights (network_id, cycle_id);
CREATE INDEX insights_by_source ON insights (adapted_from_id) WHERE adapted_from_id IS NOT NULL;
CREATE INDEX insights_by_creator ON insights (created_by);

CREATE TABLE insight_themes (
    network_id BLOB NOT NULL,
    insight_id BLOB NOT NULL,
    theme_id BLOB NOT NULL REFERENCES themes (id),
    PRIMARY KEY (network_id, insight_id, theme_id),
    FOREIGN KEY (network_id, insight_id) REFERENCES insights (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX insight_themes_by_theme ON insight_themes (theme_id, network_id, insight_id);

CREATE TABLE insight_reflections (
    network_id BLOB NOT NULL,
    insight_id BLOB NOT NULL,
    reflection_id BLOB NOT NULL,
    PRIMARY KEY (network_id, insight_id, reflection_id),
    FOREIGN KEY (network_id, insight_id) REFERENCES insights (network_id, id),
    FOREIGN KEY (network_id, reflection_id) REFERENCES reflections (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX insight_reflections_by_reflection ON insight_reflections (network_id, reflection_id);

CREATE TABLE insight_evaluations (
    network_id BLOB NOT NULL,
    insight_id BLOB NOT NULL,
    evaluation_id BLOB NOT NULL,
    PRIMARY KEY (network_id, insight_id, evaluation_id),
    FOREIGN KEY (network_id, insight_id) REFERENCES insights (network_id, id),
    FOREIGN KEY (network_id, evaluation_id) REFERENCES evaluations (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX insight_evaluations_by_evaluation ON insight_evaluations (network_id, evaluation_id);

-- What a network made of an insight of another. The insight has no foreign key, as above.
CREATE TABLE adoptions (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    insight_id BLOB NOT NULL,
    decision TEXT NOT NULL,
    reason TEXT,
    cycle_id BLOB,
    adapted_insight_id BLOB,
    results TEXT NOT NULL,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, adapted_insight_id) REFERENCES insights (network_id, id)
) STRICT;
-- Once an insight and network.
CREATE UNIQUE INDEX adoptions_insight ON adoptions (network_id, insight_id);
CREATE INDEX adoptions_by_insight ON adoptions (insight_id, created_at, id);
CREATE INDEX adoptions_by_creation ON adoptions (network_id, created_at, id);
CREATE INDEX adoptions_by_cycle ON adoptions (network_id, cycle_id) WHERE cycle_id IS NOT NULL;
CREATE INDEX adoptions_by_adapted ON adoptions (network_id, adapted_insight_id) WHERE adapted_insight_id IS NOT NULL;
CREATE INDEX adoptions_by_creator ON adoptions (created_by);
