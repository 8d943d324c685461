-- Accesses as they came while there were many, some hundreds in a row: those of some networks, which are a part. Each row
-- stays until they are brought into the log.
CREATE TABLE access_backlog (
    id BLOB PRIMARY KEY NOT NULL,
    part INTEGER NOT NULL,
    accesses BLOB NOT NULL
) STRICT;
CREATE INDEX access_backlog_by_part ON access_backlog (part, id);
