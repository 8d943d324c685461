-- What a network puts forward for the public dossier of a theme, drawn from an insight. It is published while it is
-- approved and its insight is shared to the commons: that is asked when it is read, and nowhere stored.
CREATE TABLE dossier_entries (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    insight_id uuid NOT NULL,
    theme_id uuid NOT NULL REFERENCES themes (id),
    language text NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    state text NOT NULL,
    state_reason text,
    approved_by uuid REFERENCES people (id),
    approved_at timestamptz,
    created_by uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, insight_id) REFERENCES insights (network_id, id)
);
CREATE INDEX dossier_entries_by_creation ON dossier_entries (network_id, created_at, id);
CREATE INDEX dossier_entries_by_insight ON dossier_entries (network_id, insight_id);
CREATE INDEX dossier_entries_by_theme ON dossier_entries (theme_id, approved_at, id);
CREATE INDEX dossier_entries_by_approval ON dossier_entries (approved_at, id) WHERE approved_at IS NOT NULL;
CREATE INDEX dossier_entries_by_creator ON dossier_entries (created_by);
CREATE INDEX dossier_entries_by_approver ON dossier_entries (approved_by) WHERE approved_by IS NOT NULL;
