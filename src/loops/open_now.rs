//! Actions that are open now, newest first, without the figures around them: those that
//! [`Facts::open_actions`](super::rules::Facts::open_actions) finds.

use crate::access::Tx;
use crate::actions::types::{Action, ActionState};
use crate::db::schema::{action_carries, actions, evaluations};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use crate::practice::RecordState;
use diesel::prelude::*;

/// A page of the open actions of a cycle or, with none, of a network. A carried action is open where it was carried to last, and so in
/// one cycle of its network at a time: over all cycles it does not matter which.
pub fn page(tx: &mut Tx<'_>, network_id: Id, cycle_id: Option<Id>, page: &Page) -> Result<Vec<Action>> {
    let evaluated = evaluations::table
        .filter(evaluations::network_id.eq(actions::network_id))
        .filter(evaluations::action_id.eq(actions::id))
        .filter(evaluations::state.eq(RecordState::Current));
    let mut query = newest_first!(
        actions::table
            .filter(actions::network_id.eq(network_id))
            .filter(actions::state.ne_all([ActionState::Dropped, ActionState::Withdrawn]))
            .filter(diesel::dsl::not(diesel::dsl::exists(evaluated))),
        page,
        actions::happened_at,
        actions::id
    );
    if let Some(cycle_id) = cycle_id {
        let carries = action_carries::table.filter(action_carries::network_id.eq(network_id));
        let here = carries.filter(action_carries::to_cycle_id.eq(cycle_id)).select(action_carries::action_id);
        let gone =
            carries.filter(action_carries::from_cycle_id.eq(cycle_id)).select(action_carries::action_id);
        query = query
            .filter(actions::cycle_id.eq(cycle_id).or(actions::id.eq_any(here)))
            .filter(actions::id.ne_all(gone));
    }
    Ok(query.load(tx.conn())?)
}
