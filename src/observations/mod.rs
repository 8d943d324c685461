//! Observations: what somebody saw or heard in practice, in a cycle or in the network's inbox.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::{Seen, Tx};
use crate::cycles::rules::CycleState;
use crate::error::Result;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{all_found, dangling, dangling_entries};
use crate::record::{self, Created};
use crate::themes;
use crate::transitions::{self, Move};
use types::{Observation, ObservationCreate, ObservationMove, ObservationPatch, ObservationTransition};

/// Logs an observation in a cycle, or with none in the network's inbox.
pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle: Option<&CycleState>,
    author_id: Id,
    body: &ObservationCreate,
) -> Result<Created<Observation>> {
    let digest = tx.digest(body.id, cycle.map_or(network_id, |cycle| cycle.id), body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id && stored.cycle_id == cycle.map(|cycle| cycle.id);
        return record::replay(stored, &digest, here);
    }
    let observation = rules::log(body, network_id, cycle, author_id, digest, tx.now)?;
    references_stand(tx, &observation)?;
    store::insert(tx, &observation)?;
    store::link(tx, &observation)?;
    tx.note("created", &observation);
    Ok(Created::fresh(observation))
}

/// Changes an observation's own content, or takes it from the inbox into a cycle.
pub fn update(
    tx: &mut Tx<'_>,
    mut observation: Observation,
    if_match: &IfMatch,
    patch: ObservationPatch,
) -> Result<Observation> {
    if_match.demand(observation.version)?;
    let cycle = match patch.cycle_id.0 {
        None => None,
        Some(id) => Some(store::cycle(tx, observation.network_id, id)?),
    };
    rules::amend(&mut observation, patch, cycle.as_ref())?;
    references_stand(tx, &observation)?;
    store::save(tx, &mut observation)?;
    store::unlink(tx, &observation)?;
    store::link(tx, &observation)?;
    tx.note("updated", &observation);
    Ok(observation)
}

/// Closes an observation without action, withdraws it, or takes either back.
pub fn transition(
    tx: &mut Tx<'_>,
    mut observation: Observation,
    person_id: Id,
    if_match: &IfMatch,
    body: &ObservationTransition,
) -> Result<Observation> {
    let digest = tx.digest(body.id, observation.id, body)?;
    if transitions::was_made(tx, body.id, observation.id, &digest)? {
        return Ok(observation);
    }
    if_match.honour(observation.version)?;
    let from = rules::transition(&mut observation, body)?;
    store::save(tx, &mut observation)?;
    let made = Move {
        id: body.id,
        from: from.into(),
        to: body.to.into(),
        reason: body.reason.as_deref(),
        happened_at: body.happened_at,
        digest,
    };
    transitions::record(tx, &observation, person_id, made)?;
    tx.note(<&str>::from(body.to), &observation);
    Ok(observation)
}

/// Moves an author's undiscussed observation to another of their networks, or to another cycle.
pub fn relocate(
    tx: &mut Tx<'_>,
    seen: Seen<Observation>,
    if_match: &IfMatch,
    body: &ObservationMove,
) -> Result<Observation> {
    let mut observation = seen.found;
    if_match.honour(observation.version)?;
    let discussed = store::is_taken_up(tx, &observation)?;
    rules::may_move(&observation, discussed)?;
    let cycle = body.cycle_id.map(|id| store::cycle(tx, body.network_id, id)).transpose()?;
    let left = observation.clone();
    rules::relocate(&mut observation, body.network_id, cycle.as_ref())?;
    store::unlink(tx, &left)?;
    store::relocate(tx, &mut observation)?;
    store::link(tx, &observation)?;
    if left.network_id != observation.network_id || left.cycle_id.is_some() {
        // Whoever follows the old network, or as a guest the old cycle, learns that the record left it.
        tx.note("moved_out", &left);
    }
    tx.note("moved", &observation);
    Ok(observation)
}

/// 409 with a pointer for everything the observation refers to that does not stand in its network.
fn references_stand(tx: &mut Tx<'_>, observation: &Observation) -> Result<()> {
    let mut faults = Vec::new();
    if let Some(id) = observation.question_id
        && !store::question_stands(tx, observation, id)?
    {
        faults.push(dangling("questionId", id));
    }
    if let Some(id) = observation.on_behalf_of_pseudonym_id
        && store::pseudonyms_standing(tx, observation.network_id, &[id])?.is_empty()
    {
        faults.push(dangling("onBehalfOfPseudonymId", id));
    }
    let about = &observation.about_pseudonym_ids;
    if !about.is_empty() {
        let known = store::pseudonyms_standing(tx, observation.network_id, about)?;
        dangling_entries("aboutPseudonymIds", about, &known, &mut faults);
    }
    let known = themes::standing(tx, &observation.theme_ids)?;
    dangling_entries("themeIds", &observation.theme_ids, &known, &mut faults);
    all_found(faults)
}
