DROP TABLE research_consents;
