//! What every slice's store says about its table in the same way. Macros, since functions over any table would need
//! bounds that nobody can read.

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
