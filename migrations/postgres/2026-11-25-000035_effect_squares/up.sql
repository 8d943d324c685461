-- Neighbourhoods that show what they do and what came of it. Initiatives and expectations lie in the square; a link table
-- for each kind of thing that initiatives name carries the foreign keys. A perception is of an initiative of its square.
CREATE TABLE effect_squares (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    neighbourhood text NOT NULL,
    locality text,
    story text,
    initiatives jsonb NOT NULL,
    expectations jsonb NOT NULL,
    state text NOT NULL,
    state_reason text,
    author_id uuid NOT NULL REFERENCES people (id),
    happened_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE INDEX effect_squares_by_time ON effect_squares (network_id, happened_at, id);
CREATE INDEX effect_squares_by_author ON effect_squares (author_id);

CREATE TABLE effect_square_partners (
    network_id uuid NOT NULL,
    effect_square_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    PRIMARY KEY (network_id, effect_square_id, partner_id),
    FOREIGN KEY (network_id, effect_square_id) REFERENCES effect_squares (network_id, id),
    FOREIGN KEY (network_id, partner_id) REFERENCES partners (network_id, id)
);
CREATE INDEX effect_square_partners_by_partner ON effect_square_partners (network_id, partner_id);

CREATE TABLE effect_square_actions (
    network_id uuid NOT NULL,
    effect_square_id uuid NOT NULL,
    action_id uuid NOT NULL,
    PRIMARY KEY (network_id, effect_square_id, action_id),
    FOREIGN KEY (network_id, effect_square_id) REFERENCES effect_squares (network_id, id),
    FOREIGN KEY (network_id, action_id) REFERENCES actions (network_id, id)
);
CREATE INDEX effect_square_actions_by_action ON effect_square_actions (network_id, action_id);

CREATE TABLE perceptions (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    effect_square_id uuid NOT NULL,
    initiative_id uuid NOT NULL,
    text text NOT NULL,
    direction text NOT NULL,
    perspective text NOT NULL,
    voice text,
    pseudonym_id uuid,
    state text NOT NULL,
    state_reason text,
    author_id uuid NOT NULL REFERENCES people (id),
    happened_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, effect_square_id) REFERENCES effect_squares (network_id, id),
    FOREIGN KEY (network_id, pseudonym_id) REFERENCES pseudonyms (network_id, id)
);
CREATE INDEX perceptions_by_square ON perceptions (network_id, effect_square_id, happened_at, id);
CREATE INDEX perceptions_by_pseudonym ON perceptions (network_id, pseudonym_id) WHERE pseudonym_id IS NOT NULL;
CREATE INDEX perceptions_by_author ON perceptions (author_id);
