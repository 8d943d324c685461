-- Neighbourhoods that show what they do and what came of it. Initiatives and expectations lie in the square; a link table
-- for each kind of thing that initiatives name carries the foreign keys. A perception is of an initiative of its square.
CREATE TABLE effect_squares (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    neighbourhood TEXT NOT NULL,
    locality TEXT,
    story TEXT,
    initiatives TEXT NOT NULL,
    expectations TEXT NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT,
    author_id BLOB NOT NULL REFERENCES people (id),
    happened_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX effect_squares_by_time ON effect_squares (network_id, happened_at, id);
CREATE INDEX effect_squares_by_author ON effect_squares (author_id);

CREATE TABLE effect_square_partners (
    network_id BLOB NOT NULL,
    effect_square_id BLOB NOT NULL,
    partner_id BLOB NOT NULL,
    PRIMARY KEY (network_id, effect_square_id, partner_id),
    FOREIGN KEY (network_id, effect_square_id) REFERENCES effect_squares (network_id, id),
    FOREIGN KEY (network_id, partner_id) REFERENCES partners (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX effect_square_partners_by_partner ON effect_square_partners (network_id, partner_id);

CREATE TABLE effect_square_actions (
    network_id BLOB NOT NULL,
    effect_square_id BLOB NOT NULL,
    action_id BLOB NOT NULL,
    PRIMARY KEY (network_id, effect_square_id, action_id),
    FOREIGN KEY (network_id, effect_square_id) REFERENCES effect_squares (network_id, id),
    FOREIGN KEY (network_id, action_id) REFERENCES actions (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX effect_square_actions_by_action ON effect_square_actions (network_id, action_id);

CREATE TABLE perceptions (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    effect_square_id BLOB NOT NULL,
    initiative_id BLOB NOT NULL,
    text TEXT NOT NULL,
    direction TEXT NOT NULL,
    perspective TEXT NOT NULL,
    voice TEXT,
    pseudonym_id BLOB,
    state TEXT NOT NULL,
    state_reason TEXT,
    author_id BLOB NOT NULL REFERENCES people (id),
    happened_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, effect_square_id) REFERENCES effect_squares (network_id, id),
    FOREIGN KEY (network_id, pseudonym_id) REFERENCES pseudonyms (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX perceptions_by_square ON perceptions (network_id, effect_square_id, happened_at, id);
CREATE INDEX perceptions_by_pseudonym ON perceptions (network_id, pseudonym_id) WHERE pseudonym_id IS NOT NULL;
CREATE INDEX perceptions_by_author ON perceptions (author_id);
