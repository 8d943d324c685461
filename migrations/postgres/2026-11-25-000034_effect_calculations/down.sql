DROP TABLE effect_calculations;
DROP TABLE price_list_versions;
DROP TABLE price_lists;
