//! The condition that a record lies in one of some cycles, or in any of a network.

use crate::db::types::Uid;
use crate::ids::Id;
use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType};

/// A cycle, and the network it lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CycleKey {
    pub network_id: Id,
    pub id: Id,
}

/// Cycles that records are looked for in.
#[derive(Clone, Copy, Debug)]
pub enum Cycles<'k> {
    These(&'k [CycleKey]),
    AllOf { network_id: Id },
}

/// Whether the columns name one of the cycles. Both are named, since the indexes of practice records begin with the
/// network; pairs are nothing that Diesel has words for.
pub struct Among<'k, N, C> {
    pub network: N,
    pub cycle: C,
    pub cycles: Cycles<'k>,
}

impl<N, C> Expression for Among<'_, N, C> {
    type SqlType = Bool;
}

impl<N, C, T> AppearsOnTable<T> for Among<'_, N, C>
where
    N: AppearsOnTable<T>,
    C: AppearsOnTable<T>,
{
}

impl<N, C, T> SelectableExpression<T> for Among<'_, N, C>
where
    N: SelectableExpression<T>,
    C: SelectableExpression<T>,
{
}

impl<N, C, G> ValidGrouping<G> for Among<'_, N, C> {
    type IsAggregate = is_aggregate::Never;
}

impl<N, C> QueryId for Among<'_, N, C> {
    type QueryId = ();
    // The text is as long as there are cycles.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<N, C, DB> QueryFragment<DB> for Among<'_, N, C>
where
    DB: Backend + HasSqlType<Uid>,
    N: QueryFragment<DB>,
    C: QueryFragment<DB>,
    Id: ToSql<Uid, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let cycles = match &self.cycles {
            Cycles::These(cycles) => *cycles,
            Cycles::AllOf { network_id } => {
                out.push_sql("(");
                self.network.walk_ast(out.reborrow())?;
                out.push_sql(" = ");
                out.push_bind_param::<Uid, _>(network_id)?;
                // What lies in the network's inbox lies in none.
                out.push_sql(" AND ");
                self.cycle.walk_ast(out.reborrow())?;
                out.push_sql(" IS NOT NULL)");
                return Ok(());
            }
        };
        out.push_sql("(");
        self.network.walk_ast(out.reborrow())?;
        out.push_sql(", ");
        self.cycle.walk_ast(out.reborrow())?;
        out.push_sql(")");
        match cycles {
            [] => return Err(diesel::result::Error::QueryBuilderError("no cycles to look for".into())),
            [only] => {
                out.push_sql(" = (");
                pair(only, &mut out)?;
            }
            several => {
                out.unsafe_to_cache_prepared();
                out.push_sql(" IN (VALUES ");
                for (index, cycle) in several.iter().enumerate() {
                    out.push_sql(if index == 0 { "(" } else { ", (" });
                    pair(cycle, &mut out)?;
                    out.push_sql(")");
                }
            }
        }
        out.push_sql(")");
        Ok(())
    }
}

fn pair<'b, DB>(cycle: &'b CycleKey, out: &mut AstPass<'_, 'b, DB>) -> QueryResult<()>
where
    DB: Backend + HasSqlType<Uid>,
    Id: ToSql<Uid, DB>,
{
    out.push_bind_param::<Uid, _>(&cycle.network_id)?;
    out.push_sql(", ");
    out.push_bind_param::<Uid, _>(&cycle.id)
}
