DROP TABLE adoptions;
DROP TABLE insight_evaluations;
DROP TABLE insight_reflections;
DROP TABLE insight_themes;
DROP TABLE insights;
