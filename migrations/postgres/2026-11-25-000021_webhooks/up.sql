-- Addresses outside that are told of a network's changes.
CREATE TABLE webhooks (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    url text NOT NULL,
    kinds jsonb NOT NULL,
    description text,
    state text NOT NULL,
    disabled_reason text,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE INDEX webhooks_by_creation ON webhooks (network_id, created_at, id);
CREATE INDEX webhooks_by_creator ON webhooks (created_by);

-- What signs, sealed with a key that is not in the database. Apart from the webhooks, so that nothing that reads those
-- can show one.
CREATE TABLE webhook_secrets (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    sealed bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, webhook_id) REFERENCES webhooks (network_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_secrets_by_webhook ON webhook_secrets (network_id, webhook_id);

-- How far each webhook follows its network's changes, and how its deliveries fare: what moves without being a change of
-- the webhook.
CREATE TABLE webhook_progress (
    network_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    position bigint NOT NULL,
    last_success_at timestamptz,
    last_failure_at timestamptz,
    failing_since timestamptz,
    PRIMARY KEY (network_id, webhook_id),
    FOREIGN KEY (network_id, webhook_id) REFERENCES webhooks (network_id, id) ON DELETE CASCADE
);

-- What is to be told to a webhook, or was: a change by its number, or a test without one. While an instance sends it, it
-- is held: until its sending is over, or the instance must have fallen over.
CREATE TABLE webhook_deliveries (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    number bigint,
    kind text NOT NULL,
    state text NOT NULL,
    tries integer NOT NULL,
    due_at timestamptz NOT NULL,
    held_until timestamptz,
    created_at timestamptz NOT NULL,
    delivered_at timestamptz,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, webhook_id) REFERENCES webhooks (network_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (network_id, webhook_id, created_at, id);
CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (state, due_at);
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (created_at);

-- Each sending, and what came of it: never what was sent or answered.
CREATE TABLE webhook_attempts (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    attempted_at timestamptz NOT NULL,
    duration_ms integer NOT NULL,
    status integer,
    outcome text NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, delivery_id) REFERENCES webhook_deliveries (network_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_attempts_by_delivery ON webhook_attempts (network_id, delivery_id);
