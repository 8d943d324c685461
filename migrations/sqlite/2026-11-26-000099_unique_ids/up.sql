-- As 2026-11-25-000099_unique_ids, for the tables that came after it: a distributed PostgreSQL leaves this one out too.
CREATE UNIQUE INDEX research_consents_id ON research_consents (id);
CREATE UNIQUE INDEX citizen_links_id ON citizen_links (id);
CREATE UNIQUE INDEX intake_codes_id ON intake_codes (id);
CREATE UNIQUE INDEX data_subject_requests_id ON data_subject_requests (id);
CREATE UNIQUE INDEX erasures_id ON erasures (id);
CREATE UNIQUE INDEX legal_holds_id ON legal_holds (id);
CREATE UNIQUE INDEX retention_runs_id ON retention_runs (id);
CREATE UNIQUE INDEX removals_id ON removals (id);
