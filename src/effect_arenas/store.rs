//! Effect arenas in the database.

use super::types::{ArenaState, EffectArena, EffectArenaFilter};
use crate::access::{Locate, Place, Tx};
use crate::actions::types::ActionState;
use crate::db::schema::{actions, effect_arenas, evaluations, observations, organisations, partners};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::natively;
use crate::newest_first;
use crate::observations::types::ObservationState;
use crate::practice::RecordState;
use crate::store::in_parts;
use diesel::prelude::*;

crate::record_store!(effect_arenas, EffectArena);

/// An effect arena by its id.
#[derive(Clone)]
pub struct OneEffectArena(pub Id);

impl Locate for OneEffectArena {
    type Found = EffectArena;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(EffectArena, Place)>> {
        Ok(find(tx, self.0)?.map(|arena| {
            let place = place(arena.network_id, arena.cycle_id).by(arena.author_id);
            (arena, place)
        }))
    }
}

/// Where an arena lies, and all that hangs on it.
pub fn place(network_id: Id, cycle_id: Option<Id>) -> Place {
    match cycle_id {
        Some(cycle_id) => Place::cycle(network_id, cycle_id),
        None => Place::network(network_id),
    }
}

pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    filter: &EffectArenaFilter,
    page: &Page,
) -> QueryResult<Vec<EffectArena>> {
    let mut query = newest_first!(
        effect_arenas::table.filter(effect_arenas::network_id.eq(network_id)),
        page,
        effect_arenas::created_at,
        effect_arenas::id
    );
    query = match filter.state {
        Some(state) => query.filter(effect_arenas::state.eq(state)),
        None => query.filter(effect_arenas::state.ne(ArenaState::Withdrawn)),
    };
    if let Some(cycle_id) = filter.cycle_id {
        query = query.filter(effect_arenas::cycle_id.eq(cycle_id));
    }
    if let Some(action_id) = filter.action_id {
        query = query.filter(effect_arenas::action_id.eq(action_id));
    }
    query.load(tx.conn())
}

/// The cycle of an action of the network that was not withdrawn.
pub fn cycle_of_action(tx: &mut Tx<'_>, network_id: Id, id: Id) -> QueryResult<Option<Id>> {
    natively!(tx.conn(), c => actions::table
        .filter(actions::network_id.eq(network_id))
        .filter(actions::id.eq(id))
        .filter(actions::state.ne(ActionState::Withdrawn))
        .select(actions::cycle_id)
        .get_result(c))
    .optional()
}

/// Those of `ids` that are observations of the network and stand; of one cycle, where one is given.
pub fn observations_standing(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle_id: Option<Id>,
    ids: &[Id],
) -> QueryResult<Vec<Id>> {
    in_parts(ids, |part| {
        let mut query = observations::table
            .filter(observations::network_id.eq(network_id))
            .filter(observations::id.eq_any(part))
            .filter(observations::state.ne(ObservationState::Withdrawn))
            .select(observations::id)
            .into_boxed();
        if let Some(cycle_id) = cycle_id {
            query = query.filter(observations::cycle_id.eq(cycle_id));
        }
        query.load(tx.conn())
    })
}

/// The same of evaluations.
pub fn evaluations_standing(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle_id: Option<Id>,
    ids: &[Id],
) -> QueryResult<Vec<Id>> {
    in_parts(ids, |part| {
        let mut query = evaluations::table
            .filter(evaluations::network_id.eq(network_id))
            .filter(evaluations::id.eq_any(part))
            .filter(evaluations::state.eq(RecordState::Current))
            .select(evaluations::id)
            .into_boxed();
        if let Some(cycle_id) = cycle_id {
            query = query.filter(evaluations::cycle_id.eq(cycle_id));
        }
        query.load(tx.conn())
    })
}

/// Those of `ids` that are organisations which are, or were, partners of the network in any role.
pub fn partners_standing(tx: &mut Tx<'_>, network_id: Id, ids: &[Id]) -> QueryResult<Vec<Id>> {
    let now = tx.now;
    in_parts(ids, |part| {
        partners::table
            .filter(partners::network_id.eq(network_id))
            .filter(partners::organisation_id.eq_any(part))
            .filter(partners::starts_at.le(now))
            .filter(partners::ends_at.is_null().or(partners::ends_at.gt(partners::starts_at.nullable())))
            .select(partners::organisation_id)
            .distinct()
            .load(tx.conn())
    })
}

/// What organisations are called now.
pub fn names(tx: &mut Tx<'_>, ids: &[Id]) -> QueryResult<Vec<(Id, String)>> {
    in_parts(ids, |part| {
        organisations::table
            .filter(organisations::id.eq_any(part))
            .select((organisations::id, organisations::name))
            .load(tx.conn())
    })
}
