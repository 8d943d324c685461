-- The last number of each network's stream of accesses. Apart from that of its changes: who writes practice waits for
-- nobody who notes what was read. What belongs to no network is the nil id's.
CREATE TABLE access_streams (
    network_id uuid PRIMARY KEY NOT NULL,
    last_access bigint NOT NULL
);

-- The access log: who read, exported or was refused what. No foreign keys: it outlives what it tells of.
CREATE TABLE accesses (
    network_id uuid NOT NULL,
    number bigint NOT NULL,
    at timestamptz NOT NULL,
    code text NOT NULL,
    operation text NOT NULL,
    person_id uuid,
    role text,
    acting_for uuid,
    means text NOT NULL,
    means_id uuid,
    object_kind text,
    object_id uuid,
    audience text NOT NULL,
    outcome text NOT NULL,
    reason text,
    request_id uuid,
    emergency_access_id uuid,
    PRIMARY KEY (network_id, number)
);
CREATE INDEX accesses_by_time ON accesses (network_id, at, number);
CREATE INDEX accesses_by_person ON accesses (network_id, person_id, at, number);
CREATE INDEX accesses_by_object ON accesses (network_id, object_id, at, number);
CREATE INDEX accesses_by_code ON accesses (network_id, code, at, number);

-- The pseudonyms that an accessed record is about.
CREATE TABLE access_subjects (
    network_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    number bigint NOT NULL,
    PRIMARY KEY (network_id, subject_id, number)
);
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
    network_id uuid NOT NULL,
    log text NOT NULL,
    sealed_to bigint NOT NULL,
    hash bytea NOT NULL,
    kept_from bigint NOT NULL,
    anchor_to bigint NOT NULL,
    anchor_hash bytea NOT NULL,
    open boolean NOT NULL DEFAULT false,
    PRIMARY KEY (network_id, log)
);

-- Stretches of the chains: the digest of each row from the first to the last, 32 bytes each, and the hash over them and
-- the stretch before.
CREATE TABLE audit_seals (
    network_id uuid NOT NULL,
    log text NOT NULL,
    last bigint NOT NULL,
    first bigint NOT NULL,
    digests bytea NOT NULL,
    hash bytea NOT NULL,
    sealed_at timestamptz NOT NULL,
    PRIMARY KEY (network_id, log, last)
);

-- What the digest of each id is salted with. Without its salt a digest tells nothing.
CREATE TABLE audit_salts (
    network_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    salt bytea NOT NULL,
    PRIMARY KEY (network_id, subject_id)
);

-- The digests of ids that were erased, by the row and the field in which each stood.
CREATE TABLE audit_erasures (
    network_id uuid NOT NULL,
    log text NOT NULL,
    number bigint NOT NULL,
    field text NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, log, number, field, digest)
);

-- What happened is not changed afterwards. Triggers keep mistakes off; whoever owns the database can drop them, and is
-- found out by the chain.
CREATE FUNCTION refuse_to_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'TRUNCATE' AND EXISTS (
        SELECT 1 FROM audit_chains WHERE network_id = OLD.network_id AND log = TG_ARGV[0] AND open
    ) THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the log of % takes additions alone', TG_ARGV[0];
END
$$;
CREATE TRIGGER changes_stay BEFORE UPDATE OR DELETE ON changes
FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite('changes');
CREATE TRIGGER changes_are_not_emptied BEFORE TRUNCATE ON changes
FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite('changes');
CREATE TRIGGER accesses_stay BEFORE UPDATE OR DELETE ON accesses
FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite('accesses');
CREATE TRIGGER accesses_are_not_emptied BEFORE TRUNCATE ON accesses
FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite('accesses');
CREATE TRIGGER access_subjects_stay BEFORE UPDATE OR DELETE ON access_subjects
FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite('accesses');
CREATE TRIGGER access_subjects_are_not_emptied BEFORE TRUNCATE ON access_subjects
FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite('accesses');
