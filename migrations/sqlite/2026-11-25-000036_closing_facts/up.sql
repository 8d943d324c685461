-- What the figures of a closed cycle are made of, as it was at its closing: ids, instants and states, and no text.
CREATE TABLE closing_facts (
    network_id BLOB NOT NULL,
    cycle_id BLOB NOT NULL,
    closed_at INTEGER NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (network_id, cycle_id),
    FOREIGN KEY (network_id, cycle_id) REFERENCES cycles (network_id, id)
) STRICT, WITHOUT ROWID;

-- The lists over all cycles of a network, and the evaluations of a cycle, in their order.
CREATE INDEX reflections_by_time ON reflections (network_id, happened_at, id);
CREATE INDEX evaluations_by_time ON evaluations (network_id, happened_at, id);
DROP INDEX evaluations_by_cycle;
CREATE INDEX evaluations_by_cycle ON evaluations (network_id, cycle_id, happened_at, id);
