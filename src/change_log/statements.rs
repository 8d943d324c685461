//! The statements that each write begins and ends with, as text: Diesel's own are slow to walk (see `insert_as_text`).

use super::Change;
use crate::clock::Instant;
use crate::db::types::{Moment, Uid};
use crate::ids::Id;
use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, HasSqlType, Integer, Nullable, Text};

/// The statement that each write begins with. Diesel prepares its own UPDATEs anew at every call; this one is kept. It takes
/// the row of a network of which there is nothing more to know, as of most: a RETURNING would say so as well, and costs each
/// write more.
pub(super) struct TakePlainRow(pub Id);

/// Takes the row of any network, and answers what is to be known of it: whether it keeps snapshots, and what its texts are
/// held against.
pub(super) struct TakeRow(pub Id);

const TAKE: &str = "UPDATE network_streams SET last_change = last_change + 1 WHERE network_id = ";

impl QueryId for TakePlainRow {
    type QueryId = TakePlainRow;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryId for TakeRow {
    type QueryId = TakeRow;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl Query for TakeRow {
    type SqlType = (Bool, Nullable<Uid>);
}

impl<C> RunQueryDsl<C> for TakePlainRow {}
impl<C> RunQueryDsl<C> for TakeRow {}

impl<DB> QueryFragment<DB> for TakePlainRow
where
    DB: Backend + HasSqlType<Uid>,
    Id: ToSql<Uid, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(TAKE);
        out.push_bind_param::<Uid, Id>(&self.0)?;
        out.push_sql(" AND NOT keeps_snapshots AND text_guard IS NULL");
        Ok(())
    }
}

impl<DB> QueryFragment<DB> for TakeRow
where
    DB: Backend + HasSqlType<Uid>,
    Id: ToSql<Uid, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(TAKE);
        out.push_bind_param::<Uid, Id>(&self.0)?;
        out.push_sql(" RETURNING keeps_snapshots, text_guard");
        Ok(())
    }
}

/// The statement that each write ends with, as text since Diesel's own is slow to walk (see `insert_as_text`). The
/// network's row is ours: its number cannot move between the statements.
pub(super) struct Insert {
    pub change: Change,
    /// How many changes of the stream are still to come.
    pub left: i64,
}

impl QueryId for Insert {
    type QueryId = Insert;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<C> RunQueryDsl<C> for Insert {}

impl<DB> QueryFragment<DB> for Insert
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
    str: ToSql<Text, DB>,
    i32: ToSql<Integer, DB>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(Insert::HEAD);
        self.row(out)
    }
}

impl Insert {
    const HEAD: &'static str = "INSERT INTO changes (network_id, cycle_id, actor_id, at, kind, subject_id, \
                                subject_version, audience, number) VALUES ";

    fn row<'b, DB>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
        Id: ToSql<Uid, DB>,
        Instant: ToSql<Moment, DB>,
        str: ToSql<Text, DB>,
        i32: ToSql<Integer, DB>,
        i64: ToSql<BigInt, DB>,
    {
        let Change {
            network_id, cycle_id, actor_id, at, kind, subject_id, subject_version, audience, ..
        } = &self.change;
        out.push_sql("(");
        out.push_bind_param::<Uid, _>(network_id)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Uid>, _>(cycle_id)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Uid>, _>(actor_id)?;
        out.push_sql(", ");
        out.push_bind_param::<Moment, _>(at)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(kind.as_str())?;
        out.push_sql(", ");
        out.push_bind_param::<Uid, _>(subject_id)?;
        out.push_sql(", ");
        out.push_bind_param::<Integer, _>(subject_version)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, str>(audience)?;
        out.push_sql(", (SELECT last_change - ");
        out.push_bind_param::<BigInt, _>(&self.left)?;
        out.push_sql(" FROM network_streams WHERE network_id = ");
        out.push_bind_param::<Uid, _>(network_id)?;
        out.push_sql("))");
        Ok(())
    }
}

/// The same for many changes.
pub(super) struct InsertMany<'c>(pub &'c [Insert]);

impl QueryId for InsertMany<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C> RunQueryDsl<C> for InsertMany<'_> {}

impl<DB> QueryFragment<DB> for InsertMany<'_>
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
    str: ToSql<Text, DB>,
    i32: ToSql<Integer, DB>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        // As many texts as there are numbers of changes: not to be kept.
        out.unsafe_to_cache_prepared();
        out.push_sql(Insert::HEAD);
        for (index, insert) in self.0.iter().enumerate() {
            if index > 0 {
                out.push_sql(", ");
            }
            insert.row(out.reborrow())?;
        }
        Ok(())
    }
}
