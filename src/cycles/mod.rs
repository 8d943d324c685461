//! Learning cycles: one turn of action learning in a network, from a learning question to its closing.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::{Op, Tx, forbidden};
use crate::co_networks;
use crate::error::{Error, Result};
use crate::http::body::HappenedAt;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::loops;
use crate::practice::{all_found, dangling, dangling_entries};
use crate::record::{self, Created};
use crate::themes;
use crate::transitions::{self, Move};
use rules::CycleState;
use serde_json::json;
use types::{Cycle, CycleCreate, CyclePatch, CycleTransition, Phase};

/// Begins a cycle; one that follows another takes its open actions along.
pub fn create(tx: &mut Tx<'_>, network_id: Id, author_id: Id, body: &CycleCreate) -> Result<Created<Cycle>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let cycle = rules::begin(body, network_id, author_id, digest, tx.now);
    references_stand(tx, &cycle)?;
    if let Some(previous) = cycle.previous_cycle_id {
        let previous = store::find(tx, previous)?.filter(|previous| previous.network_id == network_id);
        let Some(previous) = previous else {
            return Err(Error::dangling(vec![dangling(
                "previousCycleId",
                cycle.previous_cycle_id.unwrap_or_default(),
            )]));
        };
        if let Some(successor) = store::successor(tx, &previous)? {
            return Err(Error::conflict("has_successor", "The previous cycle has a successor already.")
                .with("successorId", json!(successor.id)));
        }
    }
    store::insert(tx, &cycle)?;
    store::link(tx, &cycle)?;
    tx.note("created", &cycle);
    if let Some(previous) = cycle.previous_cycle_id {
        carry_over(tx, network_id, previous, cycle.id)?;
    }
    Ok(Created::fresh(cycle))
}

pub fn update(tx: &mut Tx<'_>, mut cycle: Cycle, if_match: &IfMatch, patch: CyclePatch) -> Result<Cycle> {
    if_match.demand(cycle.version)?;
    rules::amend(&mut cycle, patch)?;
    references_stand(tx, &cycle)?;
    store::save(tx, &mut cycle)?;
    store::unlink(tx, &cycle)?;
    store::link(tx, &cycle)?;
    tx.note("updated", &cycle);
    Ok(cycle)
}

/// Who moves a cycle.
pub struct Mover {
    pub person_id: Id,
    /// Guides the network that the cycle lives in, and not only one that shares it.
    pub may_end: bool,
}

/// Moves a cycle to another phase. Closing it looks at what is still open, and hands open actions to the successor.
pub fn transition(
    tx: &mut Tx<'_>,
    mut cycle: Cycle,
    mover: &Mover,
    if_match: &IfMatch,
    body: &CycleTransition,
) -> Result<Cycle> {
    let digest = tx.digest(body.id, cycle.id, body)?;
    if transitions::was_made(tx, body.id, cycle.id, &digest)? {
        return Ok(cycle);
    }
    if cycle.phase == Phase::Closed && !mover.may_end {
        // To reopen it is to take its end back.
        return Err(forbidden(Op::EndCycle));
    }
    if_match.honour(cycle.version)?;
    let happened_at = HappenedAt::or_now(body.happened_at, tx.now);
    let from = rules::transition(&mut cycle, body, happened_at)?;
    match cycle.phase {
        Phase::Closed | Phase::Abandoned => co_networks::all_agree(tx, cycle.network_id, cycle.id)?,
        Phase::Plan | Phase::Act | Phase::Observe | Phase::Reflect => {
            co_networks::forget_agreements(tx, cycle.network_id, cycle.id)?;
        }
    }
    if cycle.phase == Phase::Closed {
        let open = loops::open_items(tx, cycle.network_id, cycle.id)?;
        rules::loose_ends_accepted(&open, body)?;
        if let Some(successor) = store::successor(tx, &cycle)? {
            carry_over(tx, cycle.network_id, cycle.id, successor.id)?;
        }
        if let Some(closed_at) = cycle.closed_at {
            loops::closing::keep(tx, cycle.network_id, cycle.id, closed_at)?;
        }
    }
    store::save(tx, &mut cycle)?;
    let made = Move {
        id: body.id,
        from: from.into(),
        to: body.to.into(),
        reason: body.reason.as_deref(),
        happened_at: body.happened_at,
        digest,
    };
    transitions::record(tx, &cycle, mover.person_id, made)?;
    tx.note(if cycle.phase == Phase::Closed { "closed" } else { "moved" }, &cycle);
    Ok(cycle)
}

/// Takes the open actions of one cycle along to the next.
fn carry_over(tx: &mut Tx<'_>, network_id: Id, from: Id, to: Id) -> Result<()> {
    for action in loops::open_actions(tx, network_id, from)? {
        store::carry(tx, network_id, action.id, from, to)?;
        tx.note("carried", &action);
    }
    Ok(())
}

/// 409 with a pointer for each theme that is not known, and for a version of no approach of the network.
fn references_stand(tx: &mut Tx<'_>, cycle: &Cycle) -> Result<()> {
    let mut faults = Vec::new();
    let known = themes::standing(tx, &cycle.theme_ids)?;
    dangling_entries("themeIds", &cycle.theme_ids, &known, &mut faults);
    if let Some(id) = cycle.approach_version_id
        && !store::approach_version_stands(tx, cycle.network_id, id)?
    {
        faults.push(dangling("approachVersionId", id));
    }
    all_found(faults)
}

/// How a cycle stands that a record of another slice lies in.
pub fn state(tx: &mut Tx<'_>, id: Id) -> Result<CycleState> {
    let cycle = store::find(tx, id)?.ok_or_else(|| Error::internal("a record lies in no cycle"))?;
    Ok(CycleState::from(&cycle))
}

/// A cycle by its id, for reports.
pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<Cycle>> {
    Ok(store::find(tx, id)?)
}
