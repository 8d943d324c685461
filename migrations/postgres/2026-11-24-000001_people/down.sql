DROP TABLE server_keys;
DROP TABLE sign_in_failures;
DROP TABLE refresh_tokens;
DROP TABLE auth_sessions;
DROP TABLE people;
DROP TABLE organisations;
