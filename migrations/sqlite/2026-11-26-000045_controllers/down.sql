DROP TABLE controllership_organisations;
DROP TABLE controllerships;
