-- Frameworks of life domains that networks made themselves. Their domains are those of their versions, which are added
-- and never changed.
CREATE TABLE life_domain_frameworks (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX life_domain_frameworks_by_creation ON life_domain_frameworks (network_id, created_at, id);
CREATE INDEX life_domain_frameworks_by_creator ON life_domain_frameworks (created_by);

CREATE TABLE life_domain_framework_versions (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    framework_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    domains TEXT NOT NULL,
    reason TEXT,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, framework_id) REFERENCES life_domain_frameworks (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX life_domain_framework_versions_number ON life_domain_framework_versions (network_id, framework_id, version);
CREATE INDEX life_domain_framework_versions_by_creation ON life_domain_framework_versions (network_id, framework_id, created_at, id);
CREATE INDEX life_domain_framework_versions_by_creator ON life_domain_framework_versions (created_by);

-- By which framework a network reads its life domains: the newest row holds, the others are history.
CREATE TABLE life_domain_choices (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    built_in TEXT,
    framework_id BLOB,
    framework_version INTEGER NOT NULL,
    words TEXT NOT NULL,
    reason TEXT,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, framework_id, framework_version) REFERENCES life_domain_framework_versions (network_id, framework_id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX life_domain_choices_by_creation ON life_domain_choices (network_id, created_at, id);
CREATE INDEX life_domain_choices_by_framework ON life_domain_choices (network_id, framework_id, framework_version) WHERE framework_id IS NOT NULL;
CREATE INDEX life_domain_choices_by_creator ON life_domain_choices (created_by);
