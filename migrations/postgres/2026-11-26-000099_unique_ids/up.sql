-- As 2026-11-25-000099_unique_ids, for the tables that came after it: a distributed PostgreSQL leaves this one out too.
CREATE UNIQUE INDEX research_consents_id ON research_consents (id);
