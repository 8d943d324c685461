ALTER TABLE network_streams DROP COLUMN text_guard;
DROP TABLE privacy_warnings;
DROP TABLE guarded_names;
DROP TABLE privacy_policies;
