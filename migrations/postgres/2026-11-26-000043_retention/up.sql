-- What may not be removed for now: a network's records, those of one cycle, or those about one pseudonym.
CREATE TABLE legal_holds (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    cycle_id uuid,
    pseudonym_id uuid,
    reason text NOT NULL,
    state text NOT NULL,
    state_reason text,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
);
CREATE INDEX legal_holds_by_creation ON legal_holds (network_id, created_at, id);
CREATE INDEX legal_holds_by_cycle ON legal_holds (network_id, cycle_id) WHERE cycle_id IS NOT NULL;
CREATE INDEX legal_holds_by_creator ON legal_holds (created_by);

-- How long a network keeps which kind of record. Without a row, for ever. last_run_on is moved by the server, and is no
-- change of the policy.
CREATE TABLE retention_policies (
    network_id uuid PRIMARY KEY NOT NULL REFERENCES networks (id),
    rules jsonb NOT NULL,
    daily boolean NOT NULL,
    last_run_on date,
    updated_by uuid NOT NULL REFERENCES people (id),
    updated_at timestamptz NOT NULL,
    version integer NOT NULL
);
CREATE INDEX retention_policies_daily ON retention_policies (network_id) WHERE daily;
CREATE INDEX retention_policies_by_updater ON retention_policies (updated_by);

-- A run: what was due when it was asked for, by which rules. A job carries it out.
CREATE TABLE retention_runs (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    job_id uuid NOT NULL,
    rules jsonb NOT NULL,
    due jsonb NOT NULL,
    created_by uuid REFERENCES people (id),
    created_at timestamptz NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE INDEX retention_runs_by_creation ON retention_runs (network_id, created_at, id);
CREATE INDEX retention_runs_by_creator ON retention_runs (created_by);

-- What a run removed, a row for each kind. The ids are among the tombstones.
CREATE TABLE removals (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    retention_run_id uuid NOT NULL,
    kind text NOT NULL,
    months integer,
    count integer NOT NULL,
    removed_at timestamptz NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, retention_run_id) REFERENCES retention_runs (network_id, id)
);
CREATE INDEX removals_by_time ON removals (network_id, removed_at, id);
CREATE INDEX removals_by_run ON removals (network_id, retention_run_id);
