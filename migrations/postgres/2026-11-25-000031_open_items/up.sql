-- What is open is looked through from the oldest: in a network by the first two, of a person by the others.
CREATE INDEX questions_by_time ON questions (network_id, happened_at, id);
CREATE INDEX observations_in_inbox ON observations (network_id, happened_at, id) WHERE cycle_id IS NULL;
DROP INDEX actions_by_owner;
CREATE INDEX actions_by_owner ON actions (owner_id, happened_at, id);
DROP INDEX actions_by_author;
CREATE INDEX actions_by_author ON actions (author_id, happened_at, id);
DROP INDEX observations_by_author;
CREATE INDEX observations_by_author ON observations (author_id, happened_at, id);
