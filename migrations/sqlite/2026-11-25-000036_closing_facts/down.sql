DROP INDEX evaluations_by_cycle;
CREATE INDEX evaluations_by_cycle ON evaluations (network_id, cycle_id);
DROP INDEX evaluations_by_time;
DROP INDEX reflections_by_time;
DROP TABLE closing_facts;
