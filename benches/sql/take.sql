UPDATE network_streams SET last_change = last_change + 1
WHERE network_id = :network AND NOT keeps_snapshots AND text_guard IS NULL
