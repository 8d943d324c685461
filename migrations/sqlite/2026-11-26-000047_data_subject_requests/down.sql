DROP TABLE data_subject_requests;
DROP TABLE intake_codes;
