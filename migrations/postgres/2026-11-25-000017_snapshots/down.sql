DROP TABLE change_snapshots;
ALTER TABLE network_streams DROP COLUMN first_change;
ALTER TABLE network_streams DROP COLUMN keeps_snapshots;
