DROP TABLE tombstones;
DROP TABLE erasures;
