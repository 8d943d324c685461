DROP TABLE webhook_attempts;
DROP TABLE webhook_deliveries;
DROP TABLE webhook_progress;
DROP TABLE webhook_secrets;
DROP TABLE webhooks;
UPDATE network_streams SET keeps_snapshots = (1 = 0);
