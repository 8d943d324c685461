-- Who answers for the personal data of a network: its controllers, its processor, and whom people turn to. A network of
-- which nothing was said has no row. The link table carries the foreign keys of the organisations that are named.
CREATE TABLE controllerships (
    network_id uuid NOT NULL REFERENCES networks (id),
    controllers jsonb NOT NULL,
    processor jsonb,
    data_protection_officer jsonb,
    contact_point jsonb,
    updated_by uuid NOT NULL REFERENCES people (id),
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (network_id)
);
CREATE INDEX controllerships_by_updater ON controllerships (updated_by);

CREATE TABLE controllership_organisations (
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (network_id, organisation_id),
    FOREIGN KEY (network_id) REFERENCES controllerships (network_id)
);
CREATE INDEX controllership_organisations_by_organisation ON controllership_organisations (organisation_id);
