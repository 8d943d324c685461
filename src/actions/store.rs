//! Actions in the database.

use super::types::{Action, ActionFilter, ActionState};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{action_reflections, actions, organisations, reflections};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use crate::practice::RecordState;
use crate::reflections::types::Visibility;
use diesel::prelude::*;

crate::record_store!(actions, Action);

/// An action by its id.
#[derive(Clone)]
pub struct OneAction(pub Id);

impl Locate for OneAction {
    type Found = Action;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Action, Place)>> {
        Ok(find(tx, self.0)?.map(|action| {
            let place = Place::cycle(action.network_id, action.cycle_id).by(action.author_id);
            let owner_id = Some(action.owner_id);
            (action, Place { owner_id, ..place })
        }))
    }
}

pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle_id: Id,
    filter: &ActionFilter,
    page: &Page,
) -> QueryResult<Vec<Action>> {
    let mut query = newest_first!(
        actions::table.filter(actions::network_id.eq(network_id)).filter(actions::cycle_id.eq(cycle_id)),
        page,
        actions::happened_at,
        actions::id
    );
    query = match filter.state {
        Some(state) => query.filter(actions::state.eq(state)),
        None => query.filter(actions::state.ne(ActionState::Withdrawn)),
    };
    if let Some(owner_id) = filter.owner_id {
        query = query.filter(actions::owner_id.eq(owner_id));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(actions::kind.eq(kind));
    }
    query.load(tx.conn())
}

pub fn link(tx: &mut Tx<'_>, action: &Action) -> QueryResult<()> {
    for reflection_id in action.reflection_ids.iter() {
        diesel::insert_into(action_reflections::table)
            .values((
                action_reflections::network_id.eq(action.network_id),
                action_reflections::action_id.eq(action.id),
                action_reflections::reflection_id.eq(reflection_id),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Those of its reflections that stand in its cycle and that everyone sees: an action must not tell of a reflection
/// that only its author may know.
pub fn reflections_standing(tx: &mut Tx<'_>, action: &Action) -> QueryResult<Vec<Id>> {
    reflections::table
        .filter(reflections::network_id.eq(action.network_id))
        .filter(reflections::cycle_id.eq(action.cycle_id))
        .filter(reflections::id.eq_any(action.reflection_ids.to_vec()))
        .filter(reflections::state.eq(RecordState::Current))
        .filter(reflections::visibility.eq(Visibility::Network))
        .select(reflections::id)
        .load(tx.conn())
}

pub fn organisation_stands(tx: &mut Tx<'_>, id: Id) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(organisations::table.filter(organisations::id.eq(id))))
        .get_result(tx.conn())
}
