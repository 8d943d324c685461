DROP INDEX observations_by_author;
CREATE INDEX observations_by_author ON observations (author_id);
DROP INDEX actions_by_author;
CREATE INDEX actions_by_author ON actions (author_id);
DROP INDEX actions_by_owner;
CREATE INDEX actions_by_owner ON actions (owner_id);
DROP INDEX observations_in_inbox;
DROP INDEX questions_by_time;
