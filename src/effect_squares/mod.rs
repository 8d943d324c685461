//! Effect squares (Effectenplein): a neighbourhood's initiatives, its story, what was expected, and what those involved
//! perceive (`perceptions`). Perceived and expected effects stand side by side (`summary`), and are never added up.

pub mod api;
pub mod perceptions;
pub mod rules;
mod store;
pub mod summary;
pub mod types;

use crate::access::Tx;
use crate::edits::Edit;
use crate::error::Result;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{Withdrawal, all_found, dangling, dangling_entries};
use crate::record::{self, Created};
use crate::transitions;
pub use store::OneEffectSquare;
use types::{EffectSquare, EffectSquareCreate, EffectSquarePatch, Initiative};

/// Lays out an effect square of a network.
pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    author_id: Id,
    body: &EffectSquareCreate,
) -> Result<Created<EffectSquare>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let square = rules::lay_out(body, network_id, author_id, digest, tx.now);
    references_stand(tx, &square)?;
    store::insert(tx, &square)?;
    store::link(tx, &square)?;
    tx.note("created", &square);
    Ok(Created::fresh(square))
}

pub fn update(
    tx: &mut Tx<'_>,
    mut square: EffectSquare,
    if_match: &IfMatch,
    patch: EffectSquarePatch,
) -> Result<EffectSquare> {
    if_match.demand(square.version)?;
    let before = square.initiatives.to_vec();
    let perceived = perceptions::initiatives_perceived(tx, &square)?;
    rules::amend(&mut square, patch, &perceived)?;
    references_stand(tx, &square)?;
    store::save(tx, &mut square)?;
    if *square.initiatives != before {
        store::link(tx, &square)?;
    }
    tx.note("updated", &square);
    Ok(square)
}

pub fn withdraw(
    tx: &mut Tx<'_>,
    square: EffectSquare,
    person_id: Id,
    if_match: &IfMatch,
    body: &Withdrawal,
) -> Result<EffectSquare> {
    transitions::move_one(tx, person_id, Edit { record: square, if_match, body }, store::save)
}

/// 409 with a pointer for each partner and action that an initiative names and that is none of the network. They are never
/// removed: what stood once stands.
fn references_stand(tx: &mut Tx<'_>, square: &EffectSquare) -> Result<()> {
    let named = |by: fn(&Initiative) -> &[Id]| -> Vec<Id> {
        square.initiatives.iter().flat_map(by).copied().collect()
    };
    let partners = named(|initiative| initiative.partner_id.as_slice());
    let actions = named(|initiative| &initiative.action_ids);
    let partners = store::partners_standing(tx, square.network_id, &partners)?;
    let actions = store::actions_standing(tx, square.network_id, &actions)?;
    let mut faults = Vec::new();
    for (index, initiative) in square.initiatives.iter().enumerate() {
        let at = format!("initiatives/{index}");
        if let Some(id) = initiative.partner_id.filter(|id| !partners.contains(id)) {
            faults.push(dangling(&format!("{at}/partnerId"), id));
        }
        dangling_entries(&format!("{at}/actionIds"), &initiative.action_ids, &actions, &mut faults);
    }
    all_found(faults)
}
