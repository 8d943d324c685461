DROP TABLE life_domain_choices;
DROP TABLE life_domain_framework_versions;
DROP TABLE life_domain_frameworks;
