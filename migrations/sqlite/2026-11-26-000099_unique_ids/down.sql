DROP INDEX research_consents_id;
