//! Everything that differs between SQLite and PostgreSQL. No other file may ask which of the two it talks to.

pub mod backup;
mod errors;
pub mod full_text;
mod rows;
mod storage;

pub use errors::{is_unusable, may_succeed_again, took_too_long};
pub use rows::{MOST_ROWS, in_statements, is_kept};
pub use storage::Storage;

use super::connection::AnyConnection;
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::pg::PgConnection;
use diesel::result::Error as DieselError;
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, ConnectionError, QueryResult, RunQueryDsl};
use std::thread;
use std::time::Duration;

/// Ids that one look-up names at most, which leaves room for what else it binds.
pub const MOST_IDS: usize = 30_000;

/// How often a file is set up that others are opening too, and how long each waits between: five seconds, as for a lock.
const SETUPS: u32 = 100;
const BETWEEN_SETUPS: Duration = Duration::from_millis(50);

/// Which database a URL names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// What a connection is for; SQLite's readers are told never to write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// To read, with one statement as a rule, and to wait for nobody.
    Look,
    Read,
    Write,
}

impl Backend {
    /// None where the scheme is neither `sqlite://` nor `postgres://` (or `postgresql://`).
    pub fn of(url: &str) -> Option<Backend> {
        match url.split_once("://")?.0 {
            "sqlite" => Some(Backend::Sqlite),
            "postgres" | "postgresql" => Some(Backend::Postgres),
            _ => None,
        }
    }
}

/// The file of an `sqlite://` URL.
pub fn sqlite_path(url: &str) -> Option<&str> {
    url.strip_prefix("sqlite://")
}

pub fn open(url: &str, purpose: Purpose) -> Result<AnyConnection, ConnectionError> {
    match sqlite_path(url) {
        Some(path) => open_sqlite(path, purpose).map(AnyConnection::Sqlite),
        None => PgConnection::establish(&noticing_loss(url)).map(AnyConnection::Postgres),
    }
}

/// With what makes PostgreSQL's library notice a server that is gone without a word, where the address does not say so
/// itself.
fn noticing_loss(url: &str) -> String {
    const WANTED: [(&str, &str); 5] = [
        ("connect_timeout", "5"),
        ("keepalives_idle", "10"),
        ("keepalives_interval", "5"),
        ("keepalives_count", "3"),
        ("tcp_user_timeout", "20000"),
    ];
    let options = url.split_once('?').map_or("", |(_, options)| options);
    let said = |name: &str| options.split('&').any(|option| option.split('=').next() == Some(name));
    let mut url = url.to_owned();
    for (name, value) in WANTED.iter().filter(|(name, _)| !said(name)) {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(&format!("{name}={value}"));
    }
    url
}

/// Bounds how long a statement of a request waits for a lock and how long it runs. Commands for upkeep, such as migrations, are
/// not bound. Errors come in the language that `may_succeed_again` reads, where the server lets us choose.
pub fn bound_waiting(mut connection: AnyConnection) -> Result<AnyConnection, ConnectionError> {
    if let AnyConnection::Postgres(c) = &mut connection {
        c.batch_execute(
            "SET lock_timeout = '5s'; SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '60s'",
        )
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
        // Only those may who were given the right; where the server speaks English anyway, nothing is lost.
        if let Err(error) = c.batch_execute("SET lc_messages = 'C'") {
            log::debug!("messages of the database stay in its own language: {error}");
        }
    }
    Ok(connection)
}

/// `synchronous=FULL` with a write-ahead log: a commit is on the disk before it is answered. Readers map the file as far as
/// SQLite does, 2 GiB, since they go everywhere in it; what they keep besides they forget at the next commit. The writer
/// comes back to the same pages, and keeps them. What is deleted or replaced is overwritten with zeros.
fn open_sqlite(path: &str, purpose: Purpose) -> Result<SqliteConnection, ConnectionError> {
    let mut connection = SqliteConnection::establish(path)?;
    set_up(
        &mut connection,
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 4096; \
         PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;",
    )?;
    full_text::search_rank_utils::register_impl(&mut connection, full_text::rank)
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
    if purpose == Purpose::Look {
        set_up(&mut connection, "PRAGMA busy_timeout = 0")?;
    }
    if purpose != Purpose::Write {
        set_up(
            &mut connection,
            "PRAGMA query_only = ON; PRAGMA mmap_size = 2147418112; PRAGMA cache_size = -2000",
        )?;
    }
    Ok(connection)
}

/// Runs pragmas, which may be run twice. Where several open a new file at once, SQLite answers all but one of them at once
/// that it is locked: it does not wait for the lock under which a file gets its write-ahead log.
fn set_up(connection: &mut SqliteConnection, pragmas: &str) -> Result<(), ConnectionError> {
    let mut setups = 1;
    loop {
        match connection.batch_execute(pragmas) {
            Err(error) if setups < SETUPS && may_succeed_again(&error) => thread::sleep(BETWEEN_SETUPS),
            done => return done.map_err(ConnectionError::CouldntSetupConfiguration),
        }
        setups += 1;
    }
}

/// Begins a transaction that sees one moment and writes nothing.
pub fn begin_read(connection: &mut AnyConnection) -> QueryResult<()> {
    match connection {
        AnyConnection::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN"),
        AnyConnection::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(
            c,
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        ),
    }
}

/// Begins a transaction that sees one moment, where none was begun.
pub fn see_one_moment(connection: &mut AnyConnection) -> QueryResult<()> {
    match is_in_transaction(connection)? {
        true => Ok(()),
        false => begin_read(connection),
    }
}

/// Whether a transaction was begun.
pub fn is_in_transaction(connection: &mut AnyConnection) -> QueryResult<bool> {
    let depth = match connection {
        AnyConnection::Sqlite(c) => {
            AnsiTransactionManager::transaction_manager_status_mut(c).transaction_depth()
        }
        AnyConnection::Postgres(c) => {
            AnsiTransactionManager::transaction_manager_status_mut(c).transaction_depth()
        }
    };
    Ok(depth?.is_some())
}

/// Begins a transaction that writes. SQLite takes its one write lock at once, so that no later statement can find it
/// taken; PostgreSQL runs READ COMMITTED and orders writers by the rows they take.
pub fn begin_write(connection: &mut AnyConnection) -> QueryResult<()> {
    match connection {
        AnyConnection::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        AnyConnection::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN"),
    }
}

/// Whether what was read before a row lock may have changed by the time the lock is held. SQLite's writer is alone.
pub fn reads_go_stale(connection: &AnyConnection) -> bool {
    matches!(connection, AnyConnection::Postgres(_))
}

/// Whether what search looks in has to hold stems: PostgreSQL stems by itself.
pub fn wants_stems(connection: &AnyConnection) -> bool {
    matches!(connection, AnyConnection::Sqlite(_))
}

/// Whether the connection can no longer be used and has to be opened anew.
pub fn is_broken(connection: &mut AnyConnection) -> bool {
    match connection {
        AnyConnection::Sqlite(c) => AnsiTransactionManager::is_broken_transaction_manager(c),
        AnyConnection::Postgres(c) => AnsiTransactionManager::is_broken_transaction_manager(c),
    }
}

/// Whether another connection sent a NOTIFY that this one listens for; asks the socket and not the database.
pub fn was_notified(connection: &mut AnyConnection) -> QueryResult<bool> {
    let AnyConnection::Postgres(connection) = connection else { return Ok(false) };
    let notices: QueryResult<Vec<_>> = connection.notifications_iter().collect();
    Ok(!notices?.is_empty())
}

/// Does work on the schema while no other instance does: in one transaction that holds SQLite's write lock, or under an
/// advisory lock of PostgreSQL.
pub fn alone_with_schema<T>(
    connection: &mut AnyConnection,
    on_sqlite: impl FnOnce(&mut SqliteConnection) -> Result<T, String>,
    on_postgres: impl FnOnce(&mut PgConnection) -> Result<T, String>,
) -> Result<T, String> {
    const KEY: i64 = 0x6665_6564_6261_636b;
    match connection {
        AnyConnection::Sqlite(c) => {
            let mut refusal = None;
            let done = c.immediate_transaction(|c| {
                on_sqlite(c).map_err(|error| {
                    refusal = Some(error);
                    DieselError::RollbackTransaction
                })
            });
            done.map_err(|error| refusal.unwrap_or_else(|| error.to_string()))
        }
        AnyConnection::Postgres(c) => {
            c.batch_execute(&format!("SELECT pg_advisory_lock({KEY})")).map_err(|e| e.to_string())?;
            let done = on_postgres(c);
            c.batch_execute(&format!("SELECT pg_advisory_unlock({KEY})")).map_err(|e| e.to_string())?;
            done
        }
    }
}

/// Gives the transaction an empty table for the ids that a removal is about: see `removal::plan`.
pub fn begin_removal_plan(connection: &mut AnyConnection) -> QueryResult<()> {
    match connection {
        AnyConnection::Sqlite(c) => c.batch_execute(
            "CREATE TEMP TABLE IF NOT EXISTS removal_plan (id BLOB NOT NULL, fate TEXT NOT NULL, kind TEXT NOT NULL, \
             cycle_id BLOB, version INTEGER NOT NULL, PRIMARY KEY (fate, id)) WITHOUT ROWID; DELETE FROM removal_plan",
        ),
        AnyConnection::Postgres(c) => c.batch_execute(
            "CREATE TEMP TABLE IF NOT EXISTS removal_plan (id uuid NOT NULL, fate text NOT NULL, kind text NOT NULL, \
             cycle_id uuid, version integer NOT NULL, PRIMARY KEY (fate, id)) ON COMMIT DELETE ROWS; \
             DELETE FROM removal_plan",
        ),
    }
}

/// What a column of ids in JSON comes to without those that the plan removes, in the words of an UPDATE of its table.
pub fn without_removed(connection: &AnyConnection, table: &str, column: &str) -> String {
    match connection {
        AnyConnection::Sqlite(_) => format!(
            "(SELECT json_group_array(e.value) FROM json_each({table}.{column}) e WHERE replace(e.value, '-', '') \
             NOT IN (SELECT lower(hex(p.id)) FROM removal_plan p WHERE p.fate = 'removed'))"
        ),
        AnyConnection::Postgres(_) => format!(
            "(SELECT coalesce(jsonb_agg(e.value ORDER BY e.place), '[]'::jsonb) \
             FROM jsonb_array_elements_text({table}.{column}) WITH ORDINALITY AS e (value, place) \
             WHERE e.value::uuid NOT IN (SELECT p.id FROM removal_plan p WHERE p.fate = 'removed'))"
        ),
    }
}

/// Makes an end of what was deleted and is still there. In SQLite that is the write-ahead log, which holds pages as they were:
/// they are brought into the file and it is cut to nothing. In PostgreSQL it is rows that no transaction sees any more, of
/// these tables: VACUUM frees their room, which is overwritten when it is used again; what is in its own write-ahead log goes
/// when that is recycled. False where others were in the way.
pub fn clean(url: &str, tables: &[&str]) -> Result<bool, String> {
    #[derive(diesel::QueryableByName)]
    struct Checkpoint {
        #[diesel(sql_type = diesel::sql_types::Integer)]
        busy: i32,
    }
    let mut connection = open(url, Purpose::Write).map_err(|error| error.to_string())?;
    match &mut connection {
        AnyConnection::Sqlite(c) => {
            let done = diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result::<Checkpoint>(c);
            done.map(|done| done.busy == 0).map_err(|error| error.to_string())
        }
        AnyConnection::Postgres(c) => {
            let vacuum = format!("VACUUM {}", tables.join(", "));
            c.batch_execute(&vacuum).map(|()| true).map_err(|error| error.to_string())
        }
    }
}

/// Runs a query on the connection's own type instead of on the sum of both. The query is compiled once for each
/// database, and its SQL is then built once instead of at every call: for the queries that each request makes. A macro,
/// since the two queries have no common type.
#[macro_export]
macro_rules! natively {
    ($connection:expr, $native:ident => $query:expr) => {
        match $connection {
            $crate::db::AnyConnection::Sqlite($native) => $query,
            $crate::db::AnyConnection::Postgres($native) => $query,
        }
    };
}
