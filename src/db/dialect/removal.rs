//! Removing for good, as far as a database can.

use super::super::connection::AnyConnection;
use super::{Purpose, open};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Integer;

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
    #[derive(QueryableByName)]
    struct Checkpoint {
        #[diesel(sql_type = Integer)]
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
