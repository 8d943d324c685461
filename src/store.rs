//! What every slice's store says about its table in the same way. Macros, since functions over any table would need
//! bounds that nobody can read.

use crate::db::dialect::MOST_IDS;
use crate::ids::Id;
use diesel::QueryResult;

/// `find` by id, `insert`, and `save` with the version that was read, for a table with `id`, `version` and `updated_at`.
/// The INSERT is Diesel's, or the one given.
#[macro_export]
macro_rules! record_store {
    ($table:ident, $record:ty) => {
        $crate::record_store!($table, $record, record => diesel::insert_into($table::table).values(record));
    };
    ($table:ident, $record:ty, $new:ident => $insert:expr) => {
        /// The record with this id, wherever it lies.
        pub fn find(
            tx: &mut $crate::access::Tx<'_>,
            id: $crate::ids::Id,
        ) -> diesel::QueryResult<Option<$record>> {
            use diesel::prelude::*;
            $crate::natively!(tx.conn(), c => $table::table.filter($table::id.eq(id)).get_result(c)).optional()
        }

        pub fn insert(tx: &mut $crate::access::Tx<'_>, $new: &$record) -> diesel::QueryResult<()> {
            use diesel::prelude::*;
            $crate::natively!(tx.conn(), c => $insert.execute(c)).map(drop)
        }

        /// Stores the record as its next version; 412 where another version is stored by now.
        pub fn save(tx: &mut $crate::access::Tx<'_>, record: &mut $record) -> $crate::error::Result<()> {
            use diesel::prelude::*;
            let read = record.version;
            record.version += 1;
            record.updated_at = tx.now;
            let same = $table::table.filter($table::id.eq(record.id)).filter($table::version.eq(read));
            match diesel::update(same).set(&*record).execute(tx.conn())? {
                1 => Ok(()),
                _ => Err($crate::error::Error::VersionMismatch { stored: read + 1 }),
            }
        }
    };
}

/// What [`record_store!`] says, and `find_all`, `insert_all` and `save_all`, for a table that takes runs of records. Its
/// columns beside the key are named one by one: a field left out does not compile.
#[macro_export]
macro_rules! run_store {
    ($table:ident, $record:ident ($($column:ident),+ $(,)?)) => {
        $crate::record_store!($table, $record, record => Insert(InsertMany(&[record])));
        $crate::insert_as_text!(Insert, InsertMany: $record => $table (id, network_id, $($column),+));

        /// The records with these ids, wherever they lie.
        pub fn find_all(
            tx: &mut $crate::access::Tx<'_>,
            ids: &[$crate::ids::Id],
        ) -> diesel::QueryResult<Vec<$record>> {
            use diesel::prelude::*;
            match ids {
                [id] => Ok(Vec::from_iter(find(tx, *id)?)),
                ids => $crate::store::in_parts(ids, |part| {
                    $table::table.filter($table::id.eq_any(part)).load(tx.conn())
                }),
            }
        }

        /// Stores new records, each part by one statement.
        pub fn insert_all(
            tx: &mut $crate::access::Tx<'_>,
            records: &[&$record],
        ) -> diesel::QueryResult<()> {
            use diesel::prelude::*;
            if let [record] = records {
                return insert(tx, record);
            }
            $crate::db::dialect::in_statements(tx.conn(), records)
                .try_for_each(|part| $crate::natively!(tx.conn(), c => InsertMany(part).execute(c)).map(drop))
        }

        /// Stores records as their next versions in as few statements as they fit in. The network's row is held since
        /// before they were read: no other version can be there by now.
        pub fn save_all(
            tx: &mut $crate::access::Tx<'_>,
            mut records: Vec<&mut $record>,
        ) -> $crate::error::Result<()> {
            use diesel::prelude::*;
            use diesel::upsert::excluded;
            if let [record] = &mut records[..] {
                return save(tx, record);
            }
            for record in &mut records {
                record.version += 1;
                record.updated_at = tx.now;
                let $record { network_id: _, id: _, $($column: _),+ } = record;
            }
            let records: Vec<&$record> = records.into_iter().map(|record| &*record).collect();
            for part in records.chunks($crate::db::dialect::MOST_ROWS) {
                // An UPDATE gives all rows the same values; an INSERT that finds each of them there gives each its own.
                $crate::natively!(tx.conn(), c => diesel::insert_into($table::table)
                    .values(part.to_vec())
                    .on_conflict(($table::network_id, $table::id))
                    .do_update()
                    .set(($($table::$column.eq(excluded($table::$column)),)+))
                    .execute(c))?;
            }
            Ok(())
        }
    };
}

/// Inserts rows, of one of the project's tables, in as few statements as they fit in.
#[macro_export]
macro_rules! insert_rows {
    ($tx:expr, $table:ident, $rows:expr) => {
        $crate::insert_rows!($tx, $table, $rows, part => part)
    };
    ($tx:expr, $table:ident, $rows:expr, $part:ident => $values:expr) => {
        $rows.chunks($crate::db::dialect::MOST_ROWS).try_for_each(|$part| {
            use diesel::prelude::*;
            $crate::natively!($tx.conn(), c => diesel::insert_into($table::table).values($values).execute(c))
                .map(drop)
        })
    };
}

/// Looks ids up in parts that both databases take in one statement.
pub fn in_parts<T>(ids: &[Id], mut look: impl FnMut(&[Id]) -> QueryResult<Vec<T>>) -> QueryResult<Vec<T>> {
    let mut found = Vec::new();
    for part in ids.chunks(MOST_IDS) {
        found.extend(look(part)?);
    }
    Ok(found)
}

/// Narrows a boxed query to the days between which `$time` lies.
#[macro_export]
macro_rules! on_days {
    ($query:expr, $days:expr, $time:expr) => {{
        let (mut query, days) = ($query, $days);
        if let Some(starts_at) = days.starts_at() {
            query = query.filter($time.ge(starts_at));
        }
        if let Some(ends_at) = days.ends_at() {
            query = query.filter($time.lt(ends_at));
        }
        query
    }};
}

/// A page of a query, newest first by `$time` and then by `$id`, from where its cursor stands. One more row than the page
/// holds is asked for, to know whether another page follows. The `le` beside the `lt` is what lets an index begin there.
#[macro_export]
macro_rules! newest_first {
    ($query:expr, $page:expr, $time:expr, $id:expr) => {{
        let query = $query.order(($time.desc(), $id.desc())).limit($page.fetch()).into_boxed();
        match $page.after {
            Some((at, id)) => query.filter($time.le(at)).filter($time.lt(at).or($id.lt(id))),
            None => query,
        }
    }};
}
