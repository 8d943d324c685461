//! The lineage of networks: those above and those below each other in the nesting, however far. It is read as the
//! networks lie now, since they move.

use super::tx::Tx;
use crate::clock::Instant;
use crate::db::types::{Moment, Uid};
use crate::ids::Id;
use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType};

/// Whether a network lies above or below one that somebody is a member of now, as a condition of a query. `network` is a
/// column or a value. A network that they are a member of themselves lies in the lineage only if another of theirs
/// is above or below it.
#[derive(Clone, Copy, Debug)]
pub struct InLineage<N> {
    pub network: N,
    pub person_id: Id,
    pub now: Instant,
}

/// Whether the network lies above or below one of theirs.
pub(super) fn holds(tx: &mut Tx<'_>, network_id: Id, person_id: Id) -> QueryResult<bool> {
    let network = network_id.into_sql::<Uid>();
    let now = tx.now;
    diesel::select(InLineage { network, person_id, now }).get_result(tx.conn())
}

impl<N: Expression> Expression for InLineage<N> {
    type SqlType = Bool;
}

impl<N, T> AppearsOnTable<T> for InLineage<N> where N: AppearsOnTable<T> {}

impl<N, T> SelectableExpression<T> for InLineage<N> where N: SelectableExpression<T> {}

impl<N, G> ValidGrouping<G> for InLineage<N> {
    type IsAggregate = is_aggregate::Never;
}

impl<N: QueryId> QueryId for InLineage<N> {
    type QueryId = InLineage<N::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = N::HAS_STATIC_QUERY_ID;
}

impl<N, DB> QueryFragment<DB> for InLineage<N>
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    N: QueryFragment<DB>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.network.walk_ast(out.reborrow())?;
        out.push_sql(
            " IN (WITH RECURSIVE mine (id) AS (SELECT members.network_id FROM members WHERE members.person_id = ",
        );
        out.push_bind_param::<Uid, _>(&self.person_id)?;
        out.push_sql(" AND members.starts_at <= ");
        out.push_bind_param::<Moment, _>(&self.now)?;
        out.push_sql(" AND (members.ends_at IS NULL OR members.ends_at > ");
        out.push_bind_param::<Moment, _>(&self.now)?;
        out.push_sql(
            ")), above (id) AS (\
             SELECT networks.parent_id FROM networks JOIN mine ON networks.id = mine.id \
             WHERE networks.parent_id IS NOT NULL \
             UNION SELECT networks.parent_id FROM networks JOIN above ON networks.id = above.id \
             WHERE networks.parent_id IS NOT NULL\
             ), below (id) AS (\
             SELECT networks.id FROM networks JOIN mine ON networks.parent_id = mine.id \
             UNION SELECT networks.id FROM networks JOIN below ON networks.parent_id = below.id\
             ) SELECT above.id FROM above UNION SELECT below.id FROM below)",
        );
        Ok(())
    }
}
