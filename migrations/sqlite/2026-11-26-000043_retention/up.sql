-- What may not be removed for now: a network's records, those of one cycle, or those about one pseudonym.
CREATE TABLE legal_holds (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    cycle_id BLOB,
    pseudonym_id BLOB,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX legal_holds_by_creation ON legal_holds (network_id, created_at, id);
CREATE INDEX legal_holds_by_cycle ON legal_holds (network_id, cycle_id) WHERE cycle_id IS NOT NULL;
CREATE INDEX legal_holds_by_creator ON legal_holds (created_by);

-- How long a network keeps which kind of record. Without a row, for ever. last_run_on is moved by the server, and is no
-- change of the policy.
CREATE TABLE retention_policies (
    network_id BLOB PRIMARY KEY NOT NULL REFERENCES networks (id),
    rules TEXT NOT NULL,
    daily INTEGER NOT NULL,
    last_run_on TEXT,
    updated_by BLOB NOT NULL REFERENCES people (id),
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX retention_policies_daily ON retention_policies (network_id) WHERE daily;
CREATE INDEX retention_policies_by_updater ON retention_policies (updated_by);

-- A run: what was due when it was asked for, by which rules. A job carries it out.
CREATE TABLE retention_runs (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    job_id BLOB NOT NULL,
    rules TEXT NOT NULL,
    due TEXT NOT NULL,
    created_by BLOB REFERENCES people (id),
    created_at INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX retention_runs_by_creation ON retention_runs (network_id, created_at, id);
CREATE INDEX retention_runs_by_creator ON retention_runs (created_by);

-- What a run removed, a row for each kind. The ids are among the tombstones.
CREATE TABLE removals (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    retention_run_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    months INTEGER,
    count INTEGER NOT NULL,
    removed_at INTEGER NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, retention_run_id) REFERENCES retention_runs (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX removals_by_time ON removals (network_id, removed_at, id);
CREATE INDEX removals_by_run ON removals (network_id, retention_run_id);
