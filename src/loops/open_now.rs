//! Actions that are open now, newest first, without the figures around them: those that
//! [`Facts::open_actions`](super::rules::Facts::open_actions) finds.

use super::open_sql::OPEN_ACTION;
use crate::access::Tx;
use crate::actions::types::Action;
use crate::db::schema::{action_carries, actions};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use std::cmp::Reverse;

/// Where to look for actions.
#[derive(Clone, Copy)]
enum Where {
    Anywhere,
    /// Made in this cycle, and still there.
    MadeIn(Id),
    /// Carried into this cycle, and still there.
    CarriedInto(Id),
}

/// A page of the open actions of a cycle or, with none, of a network. A carried action is open where it was carried to
/// last, and so in one cycle of its network at a time: over all cycles it does not matter which.
pub fn page(tx: &mut Tx<'_>, network_id: Id, cycle_id: Option<Id>, page: &Page) -> Result<Vec<Action>> {
    let Some(cycle_id) = cycle_id else { return Ok(load(tx, network_id, Where::Anywhere, page)?) };
    // Two queries, since no index serves the one or the other; none is in both, as what was made here was not carried
    // here.
    let mut open = load(tx, network_id, Where::MadeIn(cycle_id), page)?;
    open.extend(load(tx, network_id, Where::CarriedInto(cycle_id), page)?);
    open.sort_by_key(|action| Reverse((action.happened_at, action.id)));
    open.truncate(usize::try_from(page.fetch()).unwrap_or(usize::MAX));
    Ok(open)
}

fn load(tx: &mut Tx<'_>, network_id: Id, wanted: Where, page: &Page) -> QueryResult<Vec<Action>> {
    let mut query = newest_first!(
        actions::table.filter(actions::network_id.eq(network_id)).filter(sql::<Bool>(OPEN_ACTION)),
        page,
        actions::happened_at,
        actions::id
    );
    let carries = action_carries::table.filter(action_carries::network_id.eq(network_id));
    let gone =
        |from: Id| carries.filter(action_carries::from_cycle_id.eq(from)).select(action_carries::action_id);
    query = match wanted {
        Where::Anywhere => query,
        Where::MadeIn(cycle_id) => {
            query.filter(actions::cycle_id.eq(cycle_id)).filter(actions::id.ne_all(gone(cycle_id)))
        }
        Where::CarriedInto(cycle_id) => {
            let here =
                carries.filter(action_carries::to_cycle_id.eq(cycle_id)).select(action_carries::action_id);
            query.filter(actions::id.eq_any(here)).filter(actions::id.ne_all(gone(cycle_id)))
        }
    };
    query.load(tx.conn())
}
