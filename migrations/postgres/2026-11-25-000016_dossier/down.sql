DROP TABLE dossier_entries;
