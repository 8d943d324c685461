DROP TABLE effect_arena_views;
DROP TABLE effect_arena_versions;
DROP TABLE effect_arenas;
