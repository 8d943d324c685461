DROP INDEX actions_by_time;
DROP TABLE session_reflections;
ALTER TABLE reflections DROP COLUMN session_id;
DROP TABLE session_note_people;
DROP TABLE session_notes;
DROP TABLE session_questions;
DROP TABLE action_reviews;
DROP TABLE session_people;
DROP TABLE sessions;
