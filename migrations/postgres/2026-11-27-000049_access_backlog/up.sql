-- Accesses as they came while there were many, some hundreds in a row: those of some networks, which are a part. Each row
-- stays until they are brought into the log.
CREATE TABLE access_backlog (
    id uuid PRIMARY KEY NOT NULL,
    part integer NOT NULL,
    accesses bytea NOT NULL
);
CREATE INDEX access_backlog_by_part ON access_backlog (part, id);
