DROP TABLE co_networks;
