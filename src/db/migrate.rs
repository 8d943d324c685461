//! The schema's history, inside the binary: one folder a database, the same names in both.

use super::dialect::{self, Purpose};
use diesel::migration::{MigrationSource, MigrationVersion};
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

/// How a database stands to the migrations that this version knows.
#[derive(Debug, Default)]
pub struct Standing {
    pub applied: usize,
    /// Those that it lacks.
    pub pending: Vec<String>,
    /// Those that it has and this version does not know.
    pub newer: Vec<String>,
}

/// Looks without changing anything but the table in which migrations are noted, which is made where there is none.
pub fn standing(url: &str) -> Result<Standing, String> {
    let mut connection = dialect::open(url, Purpose::Write).map_err(|e| e.to_string())?;
    dialect::alone_with_schema(&mut connection, |c| compare(c, &SQLITE), |c| compare(c, &POSTGRES))
}

fn compare<C, DB>(connection: &mut C, source: &EmbeddedMigrations) -> Result<Standing, String>
where
    C: MigrationHarness<DB>,
    DB: diesel::backend::Backend,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let known: Vec<_> = source
        .migrations()
        .map_err(|e| e.to_string())?
        .iter()
        .map(|m| m.name().version().as_owned())
        .collect();
    let stored =
        connection.applied_migrations().map_err(|e| format!("cannot read the schema's version: {e}"))?;
    let without = |some: &[MigrationVersion<'static>], others: &[MigrationVersion<'static>]| {
        let mut lacking: Vec<String> =
            some.iter().filter(|version| !others.contains(version)).map(ToString::to_string).collect();
        lacking.sort();
        lacking
    };
    Ok(Standing { applied: stored.len(), pending: without(&known, &stored), newer: without(&stored, &known) })
}

fn apply<C, DB>(connection: &mut C, source: EmbeddedMigrations) -> Result<Vec<String>, String>
where
    C: MigrationHarness<DB>,
    DB: diesel::backend::Backend,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let newer = compare(connection, &source)?.newer;
    if !newer.is_empty() {
        return Err(format!(
            "the database has {} that this version of feedbacklus does not know: {}. An older version would break what it \
             does not know of; start the newer version instead, or put back a backup from before it.",
            if newer.len() == 1 { "a migration".to_owned() } else { format!("{} migrations", newer.len()) },
            newer.join(", ")
        ));
    }
    let applied = connection.run_pending_migrations(source).map_err(|e| format!("migration failed: {e}"))?;
    Ok(applied.iter().map(|version| version.to_string()).collect())
}
