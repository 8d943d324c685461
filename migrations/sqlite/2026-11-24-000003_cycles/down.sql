DROP TABLE transitions;
DROP TABLE participants;
DROP TABLE cycle_themes;
DROP TABLE cycles;
DROP TABLE themes;
