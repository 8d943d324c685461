DROP TABLE search_positions;
DROP TABLE search_documents;
