DROP INDEX privacy_warnings_id;
DROP INDEX guarded_names_id;
