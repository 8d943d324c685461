-- Prices of events and support, kept by organisations and of no network. What calculations stand on is published, and is
-- neither changed nor deleted from then on.
CREATE TABLE price_lists (
    id BLOB NOT NULL PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    description TEXT,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX price_lists_by_organisation ON price_lists (organisation_id, created_at, id);
CREATE INDEX price_lists_by_creator ON price_lists (created_by);

-- The amounts in prices are decimal numbers as texts: no database reads them as floating point.
CREATE TABLE price_list_versions (
    id BLOB NOT NULL PRIMARY KEY,
    price_list_id BLOB NOT NULL REFERENCES price_lists (id),
    number INTEGER NOT NULL,
    valid_from_on TEXT NOT NULL,
    note TEXT,
    prices TEXT NOT NULL,
    state TEXT NOT NULL,
    published_at INTEGER,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX price_list_versions_number ON price_list_versions (price_list_id, number);
CREATE INDEX price_list_versions_by_creation ON price_list_versions (price_list_id, created_at, id);
CREATE INDEX price_list_versions_by_creator ON price_list_versions (created_by);

-- One case, with the intervention and without. The versions that its entries are priced from lie in no network, and what
-- was observed may move to another: entries name both without foreign keys.
CREATE TABLE effect_calculations (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    cycle_id BLOB,
    action_id BLOB,
    pseudonym_id BLOB NOT NULL,
    title TEXT NOT NULL,
    description TEXT,
    first_year INTEGER NOT NULL,
    years INTEGER NOT NULL,
    indexation TEXT,
    sensitivity TEXT,
    with_intervention TEXT NOT NULL,
    reference TEXT NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT,
    author_id BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, action_id) REFERENCES actions (network_id, id),
    FOREIGN KEY (network_id, pseudonym_id) REFERENCES pseudonyms (network_id, id)
) STRICT;
CREATE INDEX effect_calculations_by_creation ON effect_calculations (network_id, created_at, id);
CREATE INDEX effect_calculations_by_cycle ON effect_calculations (network_id, cycle_id) WHERE cycle_id IS NOT NULL;
CREATE INDEX effect_calculations_by_action ON effect_calculations (network_id, action_id) WHERE action_id IS NOT NULL;
CREATE INDEX effect_calculations_by_pseudonym ON effect_calculations (network_id, pseudonym_id);
CREATE INDEX effect_calculations_by_author ON effect_calculations (author_id);
