DROP TABLE retracted_ids;
DROP TABLE learning_goal_evidence;
DROP TABLE learning_goals;
DROP TABLE competence_endorsements;
DROP TABLE competence_statements;
DROP TABLE question_competences;
ALTER TABLE questions DROP COLUMN competence_ids;
DROP TABLE competences;
