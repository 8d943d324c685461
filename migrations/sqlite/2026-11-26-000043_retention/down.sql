DROP TABLE removals;
DROP TABLE retention_runs;
DROP TABLE retention_policies;
DROP TABLE legal_holds;
