-- Long work, a row each. While an instance does it, it is held: until it is over, or the instance must have fallen over.
-- Each time that it is taken counts as an attempt, and tells the one who has it from those who had it before. What has a
-- key is made once, whoever asks for it.
CREATE TABLE jobs (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    task TEXT NOT NULL,
    once_key TEXT,
    state TEXT NOT NULL,
    steps_done INTEGER NOT NULL,
    steps_total INTEGER,
    attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    held_until INTEGER,
    problem TEXT,
    created_by BLOB REFERENCES people (id),
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX jobs_made_once ON jobs (network_id, once_key);
CREATE INDEX jobs_by_creation ON jobs (network_id, created_at, id);
CREATE INDEX jobs_by_state ON jobs (state, due_at);
CREATE INDEX jobs_by_creator ON jobs (created_by);

-- Reports as they were made, under the ids of the jobs that made them. The schedule of one may be gone.
CREATE TABLE kept_reports (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    title TEXT,
    from_on TEXT,
    to_on TEXT,
    report_schedule_id BLOB,
    created_at INTEGER NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_reports_by_creation ON kept_reports (network_id, created_at, id);
CREATE INDEX kept_reports_by_schedule ON kept_reports (network_id, report_schedule_id, created_at, id);

CREATE TABLE report_schedules (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    every TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_schedules_by_creation ON report_schedules (network_id, created_at, id);
CREATE INDEX report_schedules_by_creator ON report_schedules (created_by);

-- The first day of the period of which the next report is made, and the moment at which that period is over: what moves
-- without being a change of the schedule.
CREATE TABLE report_schedule_progress (
    network_id BLOB NOT NULL,
    report_schedule_id BLOB NOT NULL,
    next_on TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (network_id, report_schedule_id),
    FOREIGN KEY (network_id, report_schedule_id) REFERENCES report_schedules (network_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX report_schedule_progress_by_time ON report_schedule_progress (due_at);
