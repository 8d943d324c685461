DROP INDEX research_consents_id;
DROP INDEX citizen_links_id;
DROP INDEX intake_codes_id;
DROP INDEX data_subject_requests_id;
DROP INDEX erasures_id;
DROP INDEX legal_holds_id;
DROP INDEX retention_runs_id;
DROP INDEX removals_id;
