//! Effect calculations in the database.

use super::types::{EffectCalculation, EffectCalculationFilter};
use crate::access::{Locate, Place, Tx};
use crate::actions::types::ActionState;
use crate::db::schema::{actions, cycles, effect_calculations, evaluations, observations, pseudonyms};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use crate::observations::types::ObservationState;
use crate::practice::RecordState;
use diesel::prelude::*;

crate::record_store!(effect_calculations, EffectCalculation);

/// An effect calculation by its id.
#[derive(Clone)]
pub struct OneEffectCalculation(pub Id);

impl Locate for OneEffectCalculation {
    type Found = EffectCalculation;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(EffectCalculation, Place)>> {
        Ok(find(tx, self.0)?.map(|calculation| {
            let place = Place::network(calculation.network_id).by(calculation.author_id);
            (calculation, place)
        }))
    }
}

pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    filter: &EffectCalculationFilter,
    page: &Page,
) -> QueryResult<Vec<EffectCalculation>> {
    let mut query = newest_first!(
        effect_calculations::table
            .filter(effect_calculations::network_id.eq(network_id))
            .filter(effect_calculations::state.eq(filter.state.unwrap_or(RecordState::Current))),
        page,
        effect_calculations::created_at,
        effect_calculations::id
    );
    if let Some(cycle_id) = filter.cycle_id {
        query = query.filter(effect_calculations::cycle_id.eq(cycle_id));
    }
    if let Some(pseudonym_id) = filter.pseudonym_id {
        query = query.filter(effect_calculations::pseudonym_id.eq(pseudonym_id));
    }
    query.load(tx.conn())
}

pub fn has_pseudonym(tx: &mut Tx<'_>, network_id: Id, id: Id) -> QueryResult<bool> {
    let same = pseudonyms::table.filter(pseudonyms::network_id.eq(network_id)).filter(pseudonyms::id.eq(id));
    diesel::select(diesel::dsl::exists(same)).get_result(tx.conn())
}

pub fn has_cycle(tx: &mut Tx<'_>, network_id: Id, id: Id) -> QueryResult<bool> {
    let same = cycles::table.filter(cycles::network_id.eq(network_id)).filter(cycles::id.eq(id));
    diesel::select(diesel::dsl::exists(same)).get_result(tx.conn())
}

/// The cycle of an action of the network that stands.
pub fn cycle_of_action(tx: &mut Tx<'_>, network_id: Id, id: Id) -> QueryResult<Option<Id>> {
    actions::table
        .filter(actions::network_id.eq(network_id))
        .filter(actions::id.eq(id))
        .filter(actions::state.ne(ActionState::Withdrawn))
        .select(actions::cycle_id)
        .get_result(tx.conn())
        .optional()
}

/// Those of `ids` that are observations of the network which stand.
pub fn observations_standing(tx: &mut Tx<'_>, network_id: Id, ids: &[Id]) -> QueryResult<Vec<Id>> {
    observations::table
        .filter(observations::network_id.eq(network_id))
        .filter(observations::id.eq_any(ids))
        .filter(observations::state.ne(ObservationState::Withdrawn))
        .select(observations::id)
        .load(tx.conn())
}

/// Those of `ids` that are evaluations of the network which stand.
pub fn evaluations_standing(tx: &mut Tx<'_>, network_id: Id, ids: &[Id]) -> QueryResult<Vec<Id>> {
    evaluations::table
        .filter(evaluations::network_id.eq(network_id))
        .filter(evaluations::id.eq_any(ids))
        .filter(evaluations::state.eq(RecordState::Current))
        .select(evaluations::id)
        .load(tx.conn())
}
