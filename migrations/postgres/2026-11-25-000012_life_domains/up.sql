-- Frameworks of life domains that networks made themselves. Their domains are those of their versions, which are added
-- and never changed.
CREATE TABLE life_domain_frameworks (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    name jsonb NOT NULL,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE INDEX life_domain_frameworks_by_creation ON life_domain_frameworks (network_id, created_at, id);
CREATE INDEX life_domain_frameworks_by_creator ON life_domain_frameworks (created_by);

CREATE TABLE life_domain_framework_versions (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    framework_id uuid NOT NULL,
    version integer NOT NULL,
    domains jsonb NOT NULL,
    reason text,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, framework_id) REFERENCES life_domain_frameworks (network_id, id)
);
CREATE UNIQUE INDEX life_domain_framework_versions_number ON life_domain_framework_versions (network_id, framework_id, version);
CREATE INDEX life_domain_framework_versions_by_creation ON life_domain_framework_versions (network_id, framework_id, created_at, id);
CREATE INDEX life_domain_framework_versions_by_creator ON life_domain_framework_versions (created_by);

-- By which framework a network reads its life domains: the newest row holds, the others are history.
CREATE TABLE life_domain_choices (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    built_in text,
    framework_id uuid,
    framework_version integer NOT NULL,
    words jsonb NOT NULL,
    reason text,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, framework_id, framework_version) REFERENCES life_domain_framework_versions (network_id, framework_id, version)
);
CREATE INDEX life_domain_choices_by_creation ON life_domain_choices (network_id, created_at, id);
CREATE INDEX life_domain_choices_by_framework ON life_domain_choices (network_id, framework_id, framework_version) WHERE framework_id IS NOT NULL;
CREATE INDEX life_domain_choices_by_creator ON life_domain_choices (created_by);
