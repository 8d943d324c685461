-- Networks that work on a theme. Rows that have ended stay: who worked on it when.
CREATE TABLE theme_networks (
    network_id uuid NOT NULL REFERENCES networks (id),
    id uuid NOT NULL,
    theme_id uuid NOT NULL REFERENCES themes (id),
    starts_on date NOT NULL,
    ends_on date,
    shares_figures boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id)
);
CREATE INDEX theme_networks_by_theme ON theme_networks (theme_id, network_id);
CREATE INDEX theme_networks_by_creation ON theme_networks (network_id, created_at, id);
