DROP TABLE access_backlog;
