//! Co-networks: a cycle lives in one network, and others may take part in it. Both sides agree to that, and to its end.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::cycles::rules::CycleState;
use crate::error::Result;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::record::{self, Created};
use crate::transitions::{self, Move};
use types::{
    CoNetwork, CoNetworkCreate, CoNetworkPatch, CoNetworkRow, CoNetworkState, CoNetworkTransition,
    JointCycleChange,
};

/// Invites a network to a cycle.
pub fn create(tx: &mut Tx<'_>, cycle: &CycleState, body: &CoNetworkCreate) -> Result<Created<CoNetwork>> {
    let digest = tx.digest(body.id, cycle.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.cycle_id == cycle.id;
        return record::replay(store::shown(tx, stored)?, &digest, here);
    }
    cycle.takes_records()?;
    let standing = store::standing(tx, cycle.network_id, cycle.id, body.co_network_id)?;
    rules::may_be_invited(cycle.network_id, body.co_network_id, standing.as_ref())?;
    let row = CoNetworkRow {
        id: body.id.unwrap_or_default(),
        network_id: cycle.network_id,
        cycle_id: cycle.id,
        co_network_id: body.co_network_id,
        state: CoNetworkState::Invited,
        reason: body.reason.as_deref().map(Into::into),
        agreed_to_close_at: None,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &row)?;
    let shown = store::shown(tx, row)?;
    tell_both(tx, "created", &shown);
    Ok(Created::fresh(shown))
}

/// The co-network agrees that the cycle ends now, or takes that back.
pub fn update(
    tx: &mut Tx<'_>,
    mut row: CoNetworkRow,
    cycle: &CycleState,
    if_match: &IfMatch,
    patch: &CoNetworkPatch,
) -> Result<CoNetwork> {
    if_match.demand(row.version)?;
    rules::takes_part(&row)?;
    cycle.takes_records()?;
    let since = row.agreed_to_close_at.unwrap_or(tx.now);
    patch.agrees_to_close.clone().apply(&mut row.agreed_to_close_at, |agrees| agrees.then_some(since));
    store::save(tx, &mut row)?;
    let shown = store::shown(tx, row)?;
    tell_both(tx, "updated", &shown);
    Ok(shown)
}

/// Answers an invitation, or ends a co-network's part: then its members see the cycle no longer, and their records stay.
pub fn transition(
    tx: &mut Tx<'_>,
    mut row: CoNetworkRow,
    cycle: &CycleState,
    person_id: Id,
    if_match: &IfMatch,
    body: &CoNetworkTransition,
) -> Result<CoNetwork> {
    let digest = tx.digest(body.id, row.id, body)?;
    if transitions::was_made(tx, body.id, row.id, &digest)? {
        return Ok(store::shown(tx, row)?);
    }
    if_match.honour(row.version)?;
    let to = CoNetworkState::from(body.to);
    let from = rules::transition(&mut row, to)?;
    if to == CoNetworkState::Accepted {
        cycle.takes_records()?;
    } else {
        row.reason = body.reason.as_deref().map(Into::into);
    }
    store::save(tx, &mut row)?;
    let shown = store::shown(tx, row)?;
    let made = Move {
        id: body.id,
        from: from.into(),
        to: to.into(),
        reason: body.reason.as_deref(),
        happened_at: body.happened_at,
        digest,
    };
    transitions::record(tx, &shown, person_id, made)?;
    tell_both(tx, to.into(), &shown);
    Ok(shown)
}

/// A co-network by its id, for the demo.
pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<CoNetworkRow>> {
    Ok(store::find(tx, id)?)
}

/// 409 while a co-network has not agreed that the cycle ends.
pub fn all_agree(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id) -> Result<()> {
    rules::all_agree(&store::taking_part(tx, network_id, cycle_id)?)
}

/// What was agreed of one phase does not hold in the next.
pub fn forget_agreements(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id) -> Result<()> {
    for agreed in store::forget_agreements(tx, network_id, cycle_id)? {
        // Who writes in a co-network's stream waits for its row; two that wait for each other are run again.
        tx.take(agreed.co_network_id)?;
        tell_both(tx, "updated", &agreed);
    }
    Ok(())
}

fn tell_both(tx: &mut Tx<'_>, what: &str, co_network: &CoNetwork) {
    tx.note(what, co_network);
    tx.note(what, &JointCycleChange::from(co_network));
}
