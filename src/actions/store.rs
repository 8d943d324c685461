//! Actions in the database.

use super::types::{Action, ActionFilter, ActionState};
use crate::access::{Locate, Located, Place, Tx, in_order};
use crate::cycles::rules::CycleState;
use crate::db::schema::{action_reflections, actions, organisations, reflections};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::practice::RecordState;
use crate::record::Record;
use crate::reflections::types::Visibility;
use crate::{newest_first, on_days};
use diesel::prelude::*;

crate::run_store!(
    actions,
    Action(
        cycle_id,
        reflection_ids,
        description,
        kind,
        owner_id,
        carried_out_by,
        challenged_organisation_id,
        challenges,
        due_on,
        state,
        state_reason,
        author_id,
        happened_at,
        created_at,
        updated_at,
        version,
        digest,
    )
);

/// An action by its id.
#[derive(Clone)]
pub struct OneAction(pub Id);

impl Locate for OneAction {
    type Found = Action;

    fn named(&self) -> Option<(&'static str, Id)> {
        Some((Action::KIND, self.0))
    }

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Action, Place)>> {
        Ok(find(tx, self.0)?.map(placed))
    }

    fn locate_all(these: &[OneAction], tx: &mut Tx<'_>) -> Result<Vec<Located<Action>>> {
        let ids: Vec<Id> = these.iter().map(|one| one.0).collect();
        let found = find_all(tx, &ids)?.into_iter();
        Ok(in_order(&ids, found.map(|record| (record.id, placed(record)))))
    }
}

fn placed(action: Action) -> (Action, Place) {
    let place = Place::cycle(action.network_id, action.cycle_id).by(action.author_id);
    let owner_id = Some(action.owner_id);
    (action, Place { owner_id, ..place })
}

pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle_id: Option<Id>,
    filter: &ActionFilter,
    page: &Page,
) -> QueryResult<Vec<Action>> {
    let mut query = newest_first!(
        actions::table.filter(actions::network_id.eq(network_id)),
        page,
        actions::happened_at,
        actions::id
    );
    query = match filter.state {
        Some(state) => query.filter(actions::state.eq(state)),
        None => query.filter(actions::state.ne(ActionState::Withdrawn)),
    };
    query = on_days!(query, filter.days(), actions::happened_at);
    if let Some(cycle_id) = cycle_id {
        query = query.filter(actions::cycle_id.eq(cycle_id));
    }
    if let Some(owner_id) = filter.owner_id {
        query = query.filter(actions::owner_id.eq(owner_id));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(actions::kind.eq(kind));
    }
    query.load(tx.conn())
}

/// Writes the link rows of the reflections that actions follow from.
pub fn link(tx: &mut Tx<'_>, actions: &[&Action]) -> QueryResult<()> {
    let rows: Vec<_> = actions
        .iter()
        .flat_map(|action| {
            action.reflection_ids.iter().map(|reflection_id| {
                (
                    action_reflections::network_id.eq(action.network_id),
                    action_reflections::action_id.eq(action.id),
                    action_reflections::reflection_id.eq(reflection_id),
                )
            })
        })
        .collect();
    crate::insert_rows!(tx, action_reflections, rows)
}

/// Those of `ids` that stand in the cycle and that everyone sees: an action must not tell of a reflection that only its
/// author may know.
pub fn reflections_standing(tx: &mut Tx<'_>, cycle: &CycleState, ids: &[Id]) -> QueryResult<Vec<Id>> {
    reflections::table
        .filter(reflections::network_id.eq(cycle.network_id))
        .filter(reflections::cycle_id.eq(cycle.id))
        .filter(reflections::id.eq_any(ids))
        .filter(reflections::state.eq(RecordState::Current))
        .filter(reflections::visibility.eq(Visibility::Network))
        .select(reflections::id)
        .load(tx.conn())
}

/// Those of `ids` that are organisations.
pub fn organisations_standing(tx: &mut Tx<'_>, ids: &[Id]) -> QueryResult<Vec<Id>> {
    organisations::table.filter(organisations::id.eq_any(ids)).select(organisations::id).load(tx.conn())
}
