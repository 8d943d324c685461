//! Actions: what somebody will try next, following from a reflection.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::cycles::rules::CycleState;
use crate::db::types::Json;
use crate::error::Result;
use crate::http::body::HappenedAt;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{self, all_found, dangling, dangling_entries};
use crate::record::{self, Created};
use crate::transitions::{self, Move};
use types::{Action, ActionCreate, ActionPatch, ActionState, ActionTransition};

/// Commits to an action in a cycle.
pub fn create(
    tx: &mut Tx<'_>,
    cycle: &CycleState,
    author_id: Id,
    body: &ActionCreate,
) -> Result<Created<Action>> {
    let digest = tx.digest(body.id, cycle.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.cycle_id == cycle.id;
        return record::replay(stored, &digest, here);
    }
    cycle.takes_records()?;
    let action = Action {
        network_id: cycle.network_id,
        id: body.id.unwrap_or_default(),
        cycle_id: cycle.id,
        reflection_ids: Json(body.reflection_ids.to_vec()),
        description: body.description.to_string(),
        kind: body.kind,
        owner_id: body.owner_id,
        carried_out_by: body.carried_out_by,
        challenged_organisation_id: body.challenges.as_ref().map(|challenge| challenge.organisation_id),
        challenges: body.challenges.clone().map(rules::with_answer),
        due_on: body.due_on.map(Into::into),
        state: ActionState::Planned,
        state_reason: None,
        author_id,
        happened_at: HappenedAt::or_now(body.happened_at, tx.now),
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    let mut faults = Vec::new();
    let known = store::reflections_standing(tx, &action)?;
    dangling_entries("reflectionIds", &action.reflection_ids, &known, &mut faults);
    references_stand(tx, &action, faults)?;
    store::insert(tx, &action)?;
    store::link(tx, &action)?;
    tx.note("created", &action);
    Ok(Created::fresh(action))
}

pub fn update(tx: &mut Tx<'_>, mut action: Action, if_match: &IfMatch, patch: ActionPatch) -> Result<Action> {
    if_match.demand(action.version)?;
    rules::amend(&mut action, patch)?;
    references_stand(tx, &action, Vec::new())?;
    store::save(tx, &mut action)?;
    tx.note("updated", &action);
    Ok(action)
}

/// Moves an action's state; possible in a closed cycle too, since what was agreed goes on after it.
pub fn transition(
    tx: &mut Tx<'_>,
    mut action: Action,
    person_id: Id,
    if_match: &IfMatch,
    body: &ActionTransition,
) -> Result<Action> {
    let digest = tx.digest(body.id, action.id, body)?;
    if transitions::was_made(tx, body.id, action.id, &digest)? {
        return Ok(action);
    }
    if_match.honour(action.version)?;
    let from = rules::transition(&mut action, body)?;
    store::save(tx, &mut action)?;
    let made = Move {
        id: body.id,
        from: from.into(),
        to: body.to.into(),
        reason: body.reason.as_deref(),
        happened_at: body.happened_at,
        digest,
    };
    transitions::record(tx, &action, person_id, made)?;
    tx.note(if body.to == ActionState::Withdrawn { "withdrawn" } else { "moved" }, &action);
    Ok(action)
}

/// 409 with a pointer for an owner who is neither member nor participant, and for a challenged organisation that is
/// not known.
fn references_stand(
    tx: &mut Tx<'_>,
    action: &Action,
    mut faults: Vec<crate::error::FieldError>,
) -> Result<()> {
    if practice::people_in_cycle(tx, action.network_id, action.cycle_id, &[action.owner_id])?.is_empty() {
        faults.push(dangling("ownerId", action.owner_id));
    }
    if let Some(id) = action.challenged_organisation_id
        && !store::organisation_stands(tx, id)?
    {
        faults.push(dangling("challenges/organisationId", id));
    }
    all_found(faults)
}
