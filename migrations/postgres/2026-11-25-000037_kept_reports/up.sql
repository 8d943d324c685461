-- Long work, a row each. While an instance does it, it is held: until it is over, or the instance must have fallen over.
-- Each time that it is taken counts as an attempt, and tells the one who has it from those who had it before. What has a
-- key is made once, whoever asks for it.
CREATE TABLE jobs (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    kind text NOT NULL,
    task jsonb NOT NULL,
    once_key text,
    state text NOT NULL,
    steps_done integer NOT NULL,
    steps_total integer,
    attempts integer NOT NULL,
    due_at timestamptz NOT NULL,
    held_until timestamptz,
    problem text,
    created_by uuid REFERENCES people (id),
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE UNIQUE INDEX jobs_made_once ON jobs (network_id, once_key);
CREATE INDEX jobs_by_creation ON jobs (network_id, created_at, id);
CREATE INDEX jobs_by_state ON jobs (state, due_at);
CREATE INDEX jobs_by_creator ON jobs (created_by);

-- Reports as they were made, under the ids of the jobs that made them. The schedule of one may be gone.
CREATE TABLE kept_reports (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    title text,
    from_on date,
    to_on date,
    report_schedule_id uuid,
    created_at timestamptz NOT NULL,
    report jsonb NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE INDEX kept_reports_by_creation ON kept_reports (network_id, created_at, id);
CREATE INDEX kept_reports_by_schedule ON kept_reports (network_id, report_schedule_id, created_at, id);

CREATE TABLE report_schedules (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    every text NOT NULL,
    starts_on date NOT NULL,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE INDEX report_schedules_by_creation ON report_schedules (network_id, created_at, id);
CREATE INDEX report_schedules_by_creator ON report_schedules (created_by);

-- The first day of the period of which the next report is made, and the moment at which that period is over: what moves
-- without being a change of the schedule.
CREATE TABLE report_schedule_progress (
    network_id uuid NOT NULL,
    report_schedule_id uuid NOT NULL,
    next_on date NOT NULL,
    due_at timestamptz NOT NULL,
    PRIMARY KEY (network_id, report_schedule_id),
    FOREIGN KEY (network_id, report_schedule_id) REFERENCES report_schedules (network_id, id) ON DELETE CASCADE
);
CREATE INDEX report_schedule_progress_by_time ON report_schedule_progress (due_at);
