-- As 2026-11-25-000099_unique_ids, for the tables that came after it; left out with it.
CREATE UNIQUE INDEX guarded_names_id ON guarded_names (id);
CREATE UNIQUE INDEX privacy_warnings_id ON privacy_warnings (id);
