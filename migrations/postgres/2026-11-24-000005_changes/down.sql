DROP TABLE changes;
DROP TABLE network_streams;
