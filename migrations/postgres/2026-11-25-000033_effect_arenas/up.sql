-- Effect arenas: the board as it is now, what was agreed and evaluated of it, and how people see it differently. A board is
-- one document: what its parts refer to is looked up when it is written, and no query asks for it.
CREATE TABLE effect_arenas (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    cycle_id uuid,
    action_id uuid,
    title text NOT NULL,
    session_id uuid,
    participant_ids jsonb NOT NULL,
    content jsonb NOT NULL,
    state text NOT NULL,
    state_reason text,
    last_number integer NOT NULL,
    author_id uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, action_id) REFERENCES actions (network_id, id),
    FOREIGN KEY (network_id, session_id) REFERENCES sessions (network_id, id)
);
CREATE INDEX effect_arenas_by_creation ON effect_arenas (network_id, created_at, id);
CREATE INDEX effect_arenas_by_cycle ON effect_arenas (network_id, cycle_id, created_at, id) WHERE cycle_id IS NOT NULL;
CREATE INDEX effect_arenas_by_action ON effect_arenas (network_id, action_id, created_at, id) WHERE action_id IS NOT NULL;
CREATE INDEX effect_arenas_by_session ON effect_arenas (network_id, session_id) WHERE session_id IS NOT NULL;
CREATE INDEX effect_arenas_by_author ON effect_arenas (author_id);

CREATE TABLE effect_arena_versions (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    cycle_id uuid,
    effect_arena_id uuid NOT NULL,
    number integer NOT NULL,
    state text NOT NULL,
    title text NOT NULL,
    session_id uuid,
    participant_ids jsonb NOT NULL,
    content jsonb NOT NULL,
    views jsonb NOT NULL,
    kept_by uuid NOT NULL REFERENCES people (id),
    happened_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, effect_arena_id) REFERENCES effect_arenas (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, session_id) REFERENCES sessions (network_id, id)
);
CREATE UNIQUE INDEX effect_arena_versions_by_number ON effect_arena_versions (network_id, effect_arena_id, number);
CREATE INDEX effect_arena_versions_by_creation ON effect_arena_versions (network_id, effect_arena_id, created_at, id);
CREATE INDEX effect_arena_versions_by_cycle ON effect_arena_versions (network_id, cycle_id) WHERE cycle_id IS NOT NULL;
CREATE INDEX effect_arena_versions_by_session ON effect_arena_versions (network_id, session_id) WHERE session_id IS NOT NULL;
CREATE INDEX effect_arena_versions_by_keeper ON effect_arena_versions (kept_by);

CREATE TABLE effect_arena_views (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    cycle_id uuid,
    effect_arena_id uuid NOT NULL,
    part_key text,
    kind text NOT NULL,
    text text NOT NULL,
    held_by_id uuid REFERENCES people (id),
    state text NOT NULL,
    state_reason text,
    author_id uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, effect_arena_id) REFERENCES effect_arenas (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
);
CREATE INDEX effect_arena_views_by_arena ON effect_arena_views (network_id, effect_arena_id, created_at, id);
CREATE INDEX effect_arena_views_by_cycle ON effect_arena_views (network_id, cycle_id) WHERE cycle_id IS NOT NULL;
CREATE INDEX effect_arena_views_by_holder ON effect_arena_views (held_by_id) WHERE held_by_id IS NOT NULL;
CREATE INDEX effect_arena_views_by_author ON effect_arena_views (author_id);
