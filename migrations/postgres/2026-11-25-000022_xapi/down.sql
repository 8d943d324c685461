DROP TABLE xapi_positions;
DROP INDEX networks_by_forwarding;
ALTER TABLE networks DROP COLUMN forwards_to_lrs;
