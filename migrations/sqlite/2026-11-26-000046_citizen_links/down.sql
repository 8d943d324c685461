DROP TABLE citizen_links;
