-- Effect arenas: the board as it is now, what was agreed and evaluated of it, and how people see it differently. A board is
-- one document: what its parts refer to is looked up when it is written, and no query asks for it.
CREATE TABLE effect_arenas (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    cycle_id BLOB,
    action_id BLOB,
    title TEXT NOT NULL,
    session_id BLOB,
    participant_ids TEXT NOT NULL,
    content TEXT NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT,
    last_number INTEGER NOT NULL,
    author_id BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, action_id) REFERENCES actions (network_id, id),
    FOREIGN KEY (network_id, session_id) REFERENCES sessions (network_id, id)
) STRICT;
CREATE INDEX effect_arenas_by_creation ON effect_arenas (network_id, created_at, id);
CREATE INDEX effect_arenas_by_cycle ON effect_arenas (network_id, cycle_id, created_at, id) WHERE cycle_id IS NOT NULL;
CREATE INDEX effect_arenas_by_action ON effect_arenas (network_id, action_id, created_at, id) WHERE action_id IS NOT NULL;
CREATE INDEX effect_arenas_by_session ON effect_arenas (network_id, session_id) WHERE session_id IS NOT NULL;
CREATE INDEX effect_arenas_by_author ON effect_arenas (author_id);

CREATE TABLE effect_arena_versions (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    cycle_id BLOB,
    effect_arena_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    session_id BLOB,
    participant_ids TEXT NOT NULL,
    content TEXT NOT NULL,
    views TEXT NOT NULL,
    kept_by BLOB NOT NULL REFERENCES people (id),
    happened_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, effect_arena_id) REFERENCES effect_arenas (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, session_id) REFERENCES sessions (network_id, id)
) STRICT;
CREATE UNIQUE INDEX effect_arena_versions_by_number ON effect_arena_versions (network_id, effect_arena_id, number);
CREATE INDEX effect_arena_versions_by_creation ON effect_arena_versions (network_id, effect_arena_id, created_at, id);
CREATE INDEX effect_arena_versions_by_cycle ON effect_arena_versions (network_id, cycle_id) WHERE cycle_id IS NOT NULL;
CREATE INDEX effect_arena_versions_by_session ON effect_arena_versions (network_id, session_id) WHERE session_id IS NOT NULL;
CREATE INDEX effect_arena_versions_by_keeper ON effect_arena_versions (kept_by);

CREATE TABLE effect_arena_views (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    cycle_id BLOB,
    effect_arena_id BLOB NOT NULL,
    part_key TEXT,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    held_by_id BLOB REFERENCES people (id),
    state TEXT NOT NULL,
    state_reason TEXT,
    author_id BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, effect_arena_id) REFERENCES effect_arenas (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
) STRICT;
CREATE INDEX effect_arena_views_by_arena ON effect_arena_views (network_id, effect_arena_id, created_at, id);
CREATE INDEX effect_arena_views_by_cycle ON effect_arena_views (network_id, cycle_id) WHERE cycle_id IS NOT NULL;
CREATE INDEX effect_arena_views_by_holder ON effect_arena_views (held_by_id) WHERE held_by_id IS NOT NULL;
CREATE INDEX effect_arena_views_by_author ON effect_arena_views (author_id);
