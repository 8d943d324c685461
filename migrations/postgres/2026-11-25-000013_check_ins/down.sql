DROP TABLE check_in_responses;
DROP TABLE check_ins;
DROP TABLE check_in_definitions;
