INSERT INTO search_terms (search_terms, rank) VALUES ('secure-delete', 0);
DROP TABLE tombstones;
DROP TABLE erasures;
