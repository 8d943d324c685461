INSERT INTO changes (network_id, cycle_id, actor_id, at, kind, subject_id, subject_version, audience, number)
VALUES (:network, :cycle, :person, :now, :kind, :id, :one, :audience,
    (SELECT last_change FROM network_streams WHERE network_id = :network))
