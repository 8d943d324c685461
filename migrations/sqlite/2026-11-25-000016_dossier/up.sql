-- What a network puts forward for the public dossier of a theme, drawn from an insight. It is published while it is
-- approved and its insight is shared to the commons: that is asked when it is read, and nowhere stored.
CREATE TABLE dossier_entries (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    insight_id BLOB NOT NULL,
    theme_id BLOB NOT NULL REFERENCES themes (id),
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT,
    approved_by BLOB REFERENCES people (id),
    approved_at INTEGER,
    created_by BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (network_id, id),
    FOREIGN KEY (network_id, insight_id) REFERENCES insights (network_id, id)
) STRICT;
CREATE INDEX dossier_entries_by_creation ON dossier_entries (network_id, created_at, id);
CREATE INDEX dossier_entries_by_insight ON dossier_entries (network_id, insight_id);
CREATE INDEX dossier_entries_by_theme ON dossier_entries (theme_id, approved_at, id);
CREATE INDEX dossier_entries_by_approval ON dossier_entries (approved_at, id) WHERE approved_at IS NOT NULL;
CREATE INDEX dossier_entries_by_creator ON dossier_entries (created_by);
CREATE INDEX dossier_entries_by_approver ON dossier_entries (approved_by) WHERE approved_by IS NOT NULL;
