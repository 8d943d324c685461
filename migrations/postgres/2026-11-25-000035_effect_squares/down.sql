DROP TABLE perceptions;
DROP TABLE effect_square_actions;
DROP TABLE effect_square_partners;
DROP TABLE effect_squares;
