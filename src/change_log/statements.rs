//! The statements that each write begins and ends with, as text: Diesel's own are slow to walk (see `insert_as_text`).

use super::Change;
use crate::clock::Instant;
use crate::db::dialect;
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

/// Counts so many more changes of a network whose row is taken, and answers the number of the last.
pub(super) struct CountMore {
    pub network_id: Id,
    pub more: i64,
}

impl QueryId for CountMore {
    type QueryId = CountMore;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl Query for CountMore {
    type SqlType = BigInt;
}

impl<C> RunQueryDsl<C> for CountMore {}

impl<DB> QueryFragment<DB> for CountMore
where
    DB: Backend + HasSqlType<Uid>,
    Id: ToSql<Uid, DB>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("UPDATE network_streams SET last_change = last_change + ");
        out.push_bind_param::<BigInt, _>(&self.more)?;
        out.push_sql(" WHERE network_id = ");
        out.push_bind_param::<Uid, _>(&self.network_id)?;
        out.push_sql(" RETURNING last_change");
        Ok(())
    }
}

const INSERT: &str = "INSERT INTO changes (network_id, cycle_id, actor_id, at, kind, subject_id, subject_version, \
                      audience, number) VALUES (";

/// The statement that most writes end with: their one change, whose number is that of the network's row. The row is ours:
/// the number cannot move between the statements.
pub(super) struct InsertLast<'c>(pub &'c Change);

/// A change and its number, where that is known.
pub(super) struct Numbered<'c>(pub &'c Change, pub i64);

/// The statement for many changes.
pub(super) struct InsertMany<'c>(pub &'c [Numbered<'c>]);

impl QueryId for InsertLast<'_> {
    type QueryId = InsertLast<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryId for InsertMany<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C> RunQueryDsl<C> for InsertLast<'_> {}
impl<C> RunQueryDsl<C> for InsertMany<'_> {}

impl<DB> QueryFragment<DB> for InsertLast<'_>
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
    str: ToSql<Text, DB>,
    i32: ToSql<Integer, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(INSERT);
        values(self.0, out.reborrow())?;
        out.push_sql("(SELECT last_change FROM network_streams WHERE network_id = ");
        out.push_bind_param::<Uid, _>(&self.0.network_id)?;
        out.push_sql("))");
        Ok(())
    }
}

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
        if !dialect::is_kept(self.0.len()) {
            out.unsafe_to_cache_prepared();
        }
        for (index, Numbered(change, number)) in self.0.iter().enumerate() {
            out.push_sql(if index == 0 { INSERT } else { "), (" });
            values(change, out.reborrow())?;
            out.push_bind_param::<BigInt, _>(number)?;
        }
        out.push_sql(")");
        Ok(())
    }
}

/// The values of a change but for its number, each with the comma behind it.
fn values<'b, DB>(change: &'b Change, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()>
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
    str: ToSql<Text, DB>,
    i32: ToSql<Integer, DB>,
{
    let Change {
        network_id,
        cycle_id,
        actor_id,
        at,
        kind,
        subject_id,
        subject_version,
        audience,
        snapshot: _,
    } = change;
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
    out.push_sql(", ");
    Ok(())
}
