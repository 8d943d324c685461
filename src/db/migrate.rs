//! The schema's history, inside the binary: one folder a database, the same names in both.

use super::dialect::{self, Purpose};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Brings the database at `url` up to date and tells the names of what was applied. A schema that is newer than this
/// binary is refused: the older program does not know what it would break.
pub fn run(url: &str) -> Result<Vec<String>, String> {
    let mut connection =
        dialect::open(url, Purpose::Write).map_err(|e| format!("cannot open the database: {e}"))?;
    dialect::alone_with_schema(&mut connection, |c| apply(c, SQLITE), |c| apply(c, POSTGRES))
}

/// Takes every migration back, newest first. For tests of the migrations: it drops all data.
pub fn revert_all(url: &str) -> Result<(), String> {
    let mut connection = dialect::open(url, Purpose::Write).map_err(|e| e.to_string())?;
    dialect::alone_with_schema(
        &mut connection,
        |c| c.revert_all_migrations(SQLITE).map(drop).map_err(|e| e.to_string()),
        |c| c.revert_all_migrations(POSTGRES).map(drop).map_err(|e| e.to_string()),
    )
}

fn apply<C, DB>(connection: &mut C, source: EmbeddedMigrations) -> Result<Vec<String>, String>
where
    C: MigrationHarness<DB>,
    DB: diesel::backend::Backend,
    EmbeddedMigrations: diesel::migration::MigrationSource<DB>,
{
    use diesel::migration::MigrationSource;
    let known: Vec<_> = source
        .migrations()
        .map_err(|e| e.to_string())?
        .iter()
        .map(|m| m.name().version().as_owned())
        .collect();
    let stored =
        connection.applied_migrations().map_err(|e| format!("cannot read the schema's version: {e}"))?;
    if let Some(newer) = stored.iter().find(|version| !known.contains(version)) {
        return Err(format!(
            "the database has migration {newer}, which this version of feedbacklus does not know; start the newer version instead"
        ));
    }
    let applied = connection.run_pending_migrations(source).map_err(|e| format!("migration failed: {e}"))?;
    Ok(applied.iter().map(|version| version.to_string()).collect())
}
