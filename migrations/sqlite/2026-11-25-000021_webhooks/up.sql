-- Addresses outside that are told of a network's changes.
CREATE TABLE webhooks (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    url TEXT NOT NULL,
    kinds TEXT NOT NULL,
    description TEXT,
    state TEXT NOT NULL,
    disabled_reason TEXT,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX webhooks_by_creation ON webhooks (network_id, created_at, id);
CREATE INDEX webhooks_by_creator ON webhooks (created_by);

-- What signs, sealed with a key that is not in the database. Apart from the webhooks, so that nothing that reads those
-- can show one.
CREATE TABLE webhook_secrets (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    webhook_id BLOB NOT NULL,
    sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, webhook_id) REFERENCES webhooks (network_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_secrets_by_webhook ON webhook_secrets (network_id, webhook_id);

-- How far each webhook follows its network's changes, and how its deliveries fare: what moves without being a change of
-- the webhook.
CREATE TABLE webhook_progress (
    network_id BLOB NOT NULL,
    webhook_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    last_success_at INTEGER,
    last_failure_at INTEGER,
    failing_since INTEGER,
    PRIMARY KEY (network_id, webhook_id),
    FOREIGN KEY (network_id, webhook_id) REFERENCES webhooks (network_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What is to be told to a webhook, or was: a change by its number, or a test without one. While an instance sends it, it
-- is held: until its sending is over, or the instance must have fallen over.
CREATE TABLE webhook_deliveries (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    webhook_id BLOB NOT NULL,
    number INTEGER,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    held_until INTEGER,
    created_at INTEGER NOT NULL,
    delivered_at INTEGER,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, webhook_id) REFERENCES webhooks (network_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (network_id, webhook_id, created_at, id);
CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (state, due_at);
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (created_at);

-- Each sending, and what came of it: never what was sent or answered.
CREATE TABLE webhook_attempts (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    delivery_id BLOB NOT NULL,
    attempted_at INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    status INTEGER,
    outcome TEXT NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, delivery_id) REFERENCES webhook_deliveries (network_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_attempts_by_delivery ON webhook_attempts (network_id, delivery_id);
