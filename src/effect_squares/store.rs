//! Effect squares in the database.

use super::types::{EffectSquare, Initiative};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{actions, effect_square_actions, effect_square_partners, effect_squares, partners};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use crate::practice::RecordState;
use crate::store::in_parts;
use diesel::prelude::*;
use std::collections::BTreeSet;

crate::record_store!(effect_squares, EffectSquare);

/// An effect square by its id.
#[derive(Clone)]
pub struct OneEffectSquare(pub Id);

impl Locate for OneEffectSquare {
    type Found = EffectSquare;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(EffectSquare, Place)>> {
        Ok(find(tx, self.0)?.map(|square| {
            let place = Place::network(square.network_id).by(square.author_id);
            (square, place)
        }))
    }
}

pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    state: RecordState,
    page: &Page,
) -> QueryResult<Vec<EffectSquare>> {
    let query = newest_first!(
        effect_squares::table
            .filter(effect_squares::network_id.eq(network_id))
            .filter(effect_squares::state.eq(state)),
        page,
        effect_squares::happened_at,
        effect_squares::id
    );
    query.load(tx.conn())
}

/// Those of `ids` that are partners of the network, or were.
pub fn partners_standing(tx: &mut Tx<'_>, network_id: Id, ids: &[Id]) -> QueryResult<Vec<Id>> {
    in_parts(ids, |part| {
        partners::table
            .filter(partners::network_id.eq(network_id))
            .filter(partners::id.eq_any(part))
            .select(partners::id)
            .load(tx.conn())
    })
}

/// Those of `ids` that are actions of the network's cycles.
pub fn actions_standing(tx: &mut Tx<'_>, network_id: Id, ids: &[Id]) -> QueryResult<Vec<Id>> {
    in_parts(ids, |part| {
        actions::table
            .filter(actions::network_id.eq(network_id))
            .filter(actions::id.eq_any(part))
            .select(actions::id)
            .load(tx.conn())
    })
}

/// Writes the link rows of what the initiatives name, instead of the ones that stood.
pub fn link(tx: &mut Tx<'_>, square: &EffectSquare) -> QueryResult<()> {
    use effect_square_actions as to_actions;
    use effect_square_partners as to_partners;
    let (network_id, id) = (square.network_id, square.id);
    let standing = to_partners::table
        .filter(to_partners::network_id.eq(network_id))
        .filter(to_partners::effect_square_id.eq(id));
    diesel::delete(standing).execute(tx.conn())?;
    let standing = to_actions::table
        .filter(to_actions::network_id.eq(network_id))
        .filter(to_actions::effect_square_id.eq(id));
    diesel::delete(standing).execute(tx.conn())?;
    let named = |by: fn(&Initiative) -> &[Id]| -> BTreeSet<Id> {
        square.initiatives.iter().flat_map(by).copied().collect()
    };
    let row = |partner_id| {
        (
            to_partners::network_id.eq(network_id),
            to_partners::effect_square_id.eq(id),
            to_partners::partner_id.eq(partner_id),
        )
    };
    let rows: Vec<_> = named(|initiative| initiative.partner_id.as_slice()).into_iter().map(row).collect();
    crate::insert_rows!(tx, effect_square_partners, rows)?;
    let row = |action_id| {
        (
            to_actions::network_id.eq(network_id),
            to_actions::effect_square_id.eq(id),
            to_actions::action_id.eq(action_id),
        )
    };
    let rows: Vec<_> = named(|initiative| &initiative.action_ids).into_iter().map(row).collect();
    crate::insert_rows!(tx, effect_square_actions, rows)
}
