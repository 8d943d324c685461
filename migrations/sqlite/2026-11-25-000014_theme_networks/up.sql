-- Networks that work on a theme. Rows that have ended stay: who worked on it when.
CREATE TABLE theme_networks (
    network_id BLOB NOT NULL REFERENCES networks (id),
    id BLOB NOT NULL,
    theme_id BLOB NOT NULL REFERENCES themes (id),
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    shares_figures INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX theme_networks_by_theme ON theme_networks (theme_id, network_id);
CREATE INDEX theme_networks_by_creation ON theme_networks (network_id, created_at, id);
