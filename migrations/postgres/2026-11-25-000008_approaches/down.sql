DROP TABLE cycle_approaches;
ALTER TABLE cycles DROP COLUMN approach_version_id;
DROP TABLE approach_versions;
DROP TABLE approaches;
