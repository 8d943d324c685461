//! A connection to either database.

use diesel::{PgConnection, SqliteConnection};

/// A connection to whichever database `DATABASE_URL` names.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

pub type AnyBackend = <AnyConnection as diesel::Connection>::Backend;
