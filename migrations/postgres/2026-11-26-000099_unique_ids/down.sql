DROP INDEX research_consents_id;
DROP INDEX erasures_id;
DROP INDEX legal_holds_id;
DROP INDEX retention_runs_id;
DROP INDEX removals_id;
