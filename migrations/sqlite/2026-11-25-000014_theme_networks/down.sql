DROP TABLE theme_networks;
