-- The last number of each network's stream of accesses. Apart from that of its changes: who writes practice waits for
-- nobody who notes what was read. What belongs to no network is the nil id's.
CREATE TABLE access_streams (
    network_id BLOB PRIMARY KEY NOT NULL,
    last_access INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The access log: who read, exported or was refused what. No foreign keys: it outlives what it tells of.
CREATE TABLE accesses (
    network_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    code TEXT NOT NULL,
    operation TEXT NOT NULL,
    person_id BLOB,
    role TEXT,
    acting_for BLOB,
    means TEXT NOT NULL,
    means_id BLOB,
    object_kind TEXT,
    object_id BLOB,
    audience TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    request_id BLOB,
    emergency_access_id BLOB,
    PRIMARY KEY (network_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX accesses_by_time ON accesses (network_id, at, number);
CREATE INDEX accesses_by_person ON accesses (network_id, person_id, at, number);
CREATE INDEX accesses_by_object ON accesses (network_id, object_id, at, number);
CREATE INDEX accesses_by_code ON accesses (network_id, code, at, number);

-- The pseudonyms that an accessed record is about.
CREATE TABLE access_subjects (
    network_id BLOB NOT NULL,
    subject_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (network_id, subject_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX access_subjects_by_number ON access_subjects (network_id, number);

-- What the list of audit events narrows the change log to. What took something away is rare.
CREATE INDEX changes_by_time ON changes (network_id, at, number);
CREATE INDEX changes_by_actor ON changes (network_id, actor_id, at, number);
CREATE INDEX changes_by_subject ON changes (network_id, subject_id, at, number);
CREATE INDEX changes_taking_away ON changes (network_id, at, number) WHERE kind LIKE '%.deleted' OR kind LIKE '%.withdrawn' OR kind LIKE '%.erased';

-- The chain over each of a network's two logs: how far it is sealed and the hash there; and, where older rows were cut
-- off, the first number that is kept and the hash up to which the chain is not there any more. It is open only within a
-- transaction that cuts or erases.
CREATE TABLE audit_chains (
    network_id BLOB NOT NULL,
    log TEXT NOT NULL,
    sealed_to INTEGER NOT NULL,
    hash BLOB NOT NULL,
    kept_from INTEGER NOT NULL,
    anchor_to INTEGER NOT NULL,
    anchor_hash BLOB NOT NULL,
    open INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (network_id, log)
) STRICT, WITHOUT ROWID;

-- Stretches of the chains: the digest of each row from the first to the last, 32 bytes each, and the hash over them and
-- the stretch before.
CREATE TABLE audit_seals (
    network_id BLOB NOT NULL,
    log TEXT NOT NULL,
    last INTEGER NOT NULL,
    first INTEGER NOT NULL,
    digests BLOB NOT NULL,
    hash BLOB NOT NULL,
    sealed_at INTEGER NOT NULL,
    PRIMARY KEY (network_id, log, last)
) STRICT, WITHOUT ROWID;

-- What the digest of each id is salted with. Without its salt a digest tells nothing.
CREATE TABLE audit_salts (
    network_id BLOB NOT NULL,
    subject_id BLOB NOT NULL,
    salt BLOB NOT NULL,
    PRIMARY KEY (network_id, subject_id)
) STRICT, WITHOUT ROWID;

-- The digests of ids that were erased, by the row and the field in which each stood.
CREATE TABLE audit_erasures (
    network_id BLOB NOT NULL,
    log TEXT NOT NULL,
    number INTEGER NOT NULL,
    field TEXT NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, log, number, field, digest)
) STRICT, WITHOUT ROWID;

-- What happened is not changed afterwards. Triggers keep mistakes off; whoever owns the database can drop them, and is
-- found out by the chain.
CREATE TRIGGER changes_stay_as_they_are BEFORE UPDATE ON changes
WHEN NOT EXISTS (SELECT 1 FROM audit_chains WHERE network_id = OLD.network_id AND log = 'changes' AND open)
BEGIN SELECT RAISE(ABORT, 'the change log takes additions alone'); END;
CREATE TRIGGER changes_stay BEFORE DELETE ON changes
WHEN NOT EXISTS (SELECT 1 FROM audit_chains WHERE network_id = OLD.network_id AND log = 'changes' AND open)
BEGIN SELECT RAISE(ABORT, 'the change log takes additions alone'); END;
CREATE TRIGGER accesses_stay_as_they_are BEFORE UPDATE ON accesses
WHEN NOT EXISTS (SELECT 1 FROM audit_chains WHERE network_id = OLD.network_id AND log = 'accesses' AND open)
BEGIN SELECT RAISE(ABORT, 'the access log takes additions alone'); END;
CREATE TRIGGER accesses_stay BEFORE DELETE ON accesses
WHEN NOT EXISTS (SELECT 1 FROM audit_chains WHERE network_id = OLD.network_id AND log = 'accesses' AND open)
BEGIN SELECT RAISE(ABORT, 'the access log takes additions alone'); END;
CREATE TRIGGER access_subjects_stay_as_they_are BEFORE UPDATE ON access_subjects
WHEN NOT EXISTS (SELECT 1 FROM audit_chains WHERE network_id = OLD.network_id AND log = 'accesses' AND open)
BEGIN SELECT RAISE(ABORT, 'the access log takes additions alone'); END;
CREATE TRIGGER access_subjects_stay BEFORE DELETE ON access_subjects
WHEN NOT EXISTS (SELECT 1 FROM audit_chains WHERE network_id = OLD.network_id AND log = 'accesses' AND open)
BEGIN SELECT RAISE(ABORT, 'the access log takes additions alone'); END;
