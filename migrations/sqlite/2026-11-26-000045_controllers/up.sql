-- Who answers for the personal data of a network: its controllers, its processor, and whom people turn to. A network of
-- which nothing was said has no row. The link table carries the foreign keys of the organisations that are named.
CREATE TABLE controllerships (
    network_id BLOB NOT NULL REFERENCES networks (id),
    controllers TEXT NOT NULL,
    processor TEXT,
    data_protection_officer TEXT,
    contact_point TEXT,
    updated_by BLOB NOT NULL REFERENCES people (id),
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (network_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX controllerships_by_updater ON controllerships (updated_by);

CREATE TABLE controllership_organisations (
    network_id BLOB NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (network_id, organisation_id),
    FOREIGN KEY (network_id) REFERENCES controllerships (network_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX controllership_organisations_by_organisation ON controllership_organisations (organisation_id);
