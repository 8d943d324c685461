-- Codes by which somebody without an account is known as the one whom a pseudonym stands for. One is good at a time; it is kept
-- as a digest.
CREATE TABLE intake_codes (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    pseudonym_id BLOB NOT NULL,
    code_hash BLOB NOT NULL,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    revoked_at INTEGER,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, pseudonym_id) REFERENCES pseudonyms (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX intake_codes_by_pseudonym ON intake_codes (network_id, pseudonym_id, created_at, id);
CREATE INDEX intake_codes_by_code ON intake_codes (code_hash);
CREATE INDEX intake_codes_by_creator ON intake_codes (created_by);
-- Requests of those whom pseudonyms stand for: to correct what is held about them, to stop using it, or to take back what they
-- gave (GDPR, articles 7, 16 and 21), each with the day by which it is decided (article 12(3)).
CREATE TABLE data_subject_requests (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    pseudonym_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    text TEXT,
    received_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    extension_reason TEXT,
    state TEXT NOT NULL,
    state_reason TEXT,
    record_ids TEXT NOT NULL,
    recorded_by BLOB REFERENCES people (id),
    decided_by BLOB REFERENCES people (id),
    decided_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, pseudonym_id) REFERENCES pseudonyms (network_id, id),
    CHECK ((decided_at IS NULL) = (decided_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX data_subject_requests_by_creation ON data_subject_requests (network_id, created_at, id);
CREATE INDEX data_subject_requests_by_pseudonym ON data_subject_requests (network_id, pseudonym_id);
CREATE INDEX data_subject_requests_by_due_day ON data_subject_requests (network_id, due_on) WHERE decided_at IS NULL;
CREATE INDEX data_subject_requests_by_recorder ON data_subject_requests (recorded_by) WHERE recorded_by IS NOT NULL;
CREATE INDEX data_subject_requests_by_decider ON data_subject_requests (decided_by) WHERE decided_by IS NOT NULL;
