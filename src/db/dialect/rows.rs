//! How many rows are written at once, and as which text.

use crate::db::AnyConnection;

/// Rows that one INSERT writes at most. SQLite binds 32,766 values in a statement and PostgreSQL 65,535; no table has more
/// than the 32 columns that Diesel is built for here.
pub const MOST_ROWS: usize = 1_000;
/// Rows of the longer INSERT that SQLite keeps of a table.
const KEPT_ROWS: usize = 50;

/// The parts of rows that are written by one INSERT each. SQLite takes longer to read one of many rows than to carry it out,
/// so that its statements are of two lengths and kept; to PostgreSQL each statement is a way there and back.
pub fn in_statements<'r, T>(
    connection: &AnyConnection,
    rows: &'r [T],
) -> impl Iterator<Item = &'r [T]> + use<'r, T> {
    let (most, rest) = match connection {
        AnyConnection::Sqlite(_) => (KEPT_ROWS, 1),
        AnyConnection::Postgres(_) => (MOST_ROWS, MOST_ROWS),
    };
    let (whole, left) = rows.split_at(rows.len() - rows.len() % most);
    whole.chunks(most).chain(left.chunks(rest))
}

/// Whether the INSERT of so many rows is kept by its connection; a text for every number of rows would be too many.
pub fn is_kept(rows: usize) -> bool {
    rows == 1 || rows == KEPT_ROWS
}

/// `$many(&records)` is the INSERT of records as text that stays the same, and `$one` that of a single one, known by its
/// type; a field left out does not compile. For what is written most: Diesel's own asks each column several times at each
/// call whether it is there at all.
#[macro_export]
macro_rules! insert_as_text {
    ($one:ident, $many:ident: $record:ident => $table:ident ($first:ident $(, $column:ident)* $(,)?)) => {
        struct $one<'r>($many<'r>);
        struct $many<'r>(&'r [&'r $record]);

        impl diesel::query_builder::QueryId for $one<'_> {
            type QueryId = $one<'static>;
            const HAS_STATIC_QUERY_ID: bool = true;
        }

        impl diesel::query_builder::QueryId for $many<'_> {
            type QueryId = ();
            const HAS_STATIC_QUERY_ID: bool = false;
        }

        impl<C> diesel::RunQueryDsl<C> for $one<'_> {}
        impl<C> diesel::RunQueryDsl<C> for $many<'_> {}

        $crate::insert_as_text!(diesel::sqlite::Sqlite, $one, $many: $record => $table ($first $(, $column)*));
        $crate::insert_as_text!(diesel::pg::Pg, $one, $many: $record => $table ($first $(, $column)*));
    };
    ($backend:ty, $one:ident, $many:ident: $record:ident => $table:ident ($first:ident $(, $column:ident)*)) => {
        impl diesel::query_builder::QueryFragment<$backend> for $one<'_> {
            fn walk_ast<'b>(
                &'b self,
                out: diesel::query_builder::AstPass<'_, 'b, $backend>,
            ) -> diesel::QueryResult<()> {
                self.0.walk_ast(out)
            }
        }

        impl diesel::query_builder::QueryFragment<$backend> for $many<'_> {
            fn walk_ast<'b>(
                &'b self,
                mut out: diesel::query_builder::AstPass<'_, 'b, $backend>,
            ) -> diesel::QueryResult<()> {
                if !$crate::db::dialect::is_kept(self.0.len()) {
                    out.unsafe_to_cache_prepared();
                }
                let mut before = concat!(
                    "INSERT INTO ", stringify!($table),
                    " (", stringify!($first) $(, ", ", stringify!($column))*, ") VALUES ("
                );
                for $record { $first $(, $column)* } in self.0 {
                    out.push_sql(before);
                    out.push_bind_param::<diesel::dsl::SqlTypeOf<$table::$first>, _>($first)?;
                    $(
                        out.push_sql(", ");
                        out.push_bind_param::<diesel::dsl::SqlTypeOf<$table::$column>, _>($column)?;
                    )*
                    before = "), (";
                }
                out.push_sql(")");
                Ok(())
            }
        }
    };
}
