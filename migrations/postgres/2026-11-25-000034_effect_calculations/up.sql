-- Prices of events and support, kept by organisations and of no network. What calculations stand on is published, and is
-- neither changed nor deleted from then on.
CREATE TABLE price_lists (
    id uuid NOT NULL PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    name text NOT NULL,
    description text,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL
);
CREATE INDEX price_lists_by_organisation ON price_lists (organisation_id, created_at, id);
CREATE INDEX price_lists_by_creator ON price_lists (created_by);

-- The amounts in prices are decimal numbers as texts: no database reads them as floating point.
CREATE TABLE price_list_versions (
    id uuid NOT NULL PRIMARY KEY,
    price_list_id uuid NOT NULL REFERENCES price_lists (id),
    number integer NOT NULL,
    valid_from_on date NOT NULL,
    note text,
    prices jsonb NOT NULL,
    state text NOT NULL,
    published_at timestamptz,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL
);
CREATE UNIQUE INDEX price_list_versions_number ON price_list_versions (price_list_id, number);
CREATE INDEX price_list_versions_by_creation ON price_list_versions (price_list_id, created_at, id);
CREATE INDEX price_list_versions_by_creator ON price_list_versions (created_by);

-- One case, with the intervention and without. The versions that its entries are priced from lie in no network, and what
-- was observed may move to another: entries name both without foreign keys.
CREATE TABLE effect_calculations (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    cycle_id uuid,
    action_id uuid,
    pseudonym_id uuid NOT NULL,
    title text NOT NULL,
    description text,
    first_year integer NOT NULL,
    years integer NOT NULL,
    indexation jsonb,
    sensitivity jsonb,
    with_intervention jsonb NOT NULL,
    reference jsonb NOT NULL,
    state text NOT NULL,
    state_reason text,
    author_id uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id),
    FOREIGN KEY (network_id, action_id) REFERENCES actions (network_id, id),
    FOREIGN KEY (network_id, pseudonym_id) REFERENCES pseudonyms (network_id, id)
);
CREATE INDEX effect_calculations_by_creation ON effect_calculations (network_id, created_at, id);
CREATE INDEX effect_calculations_by_cycle ON effect_calculations (network_id, cycle_id) WHERE cycle_id IS NOT NULL;
CREATE INDEX effect_calculations_by_action ON effect_calculations (network_id, action_id) WHERE action_id IS NOT NULL;
CREATE INDEX effect_calculations_by_pseudonym ON effect_calculations (network_id, pseudonym_id);
CREATE INDEX effect_calculations_by_author ON effect_calculations (author_id);
