//! Actions: what somebody will try next, following from a reflection.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::cycles::rules::CycleState;
use crate::db::types::Json;
use crate::error::{FieldError, Result};
use crate::http::body::HappenedAt;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{self, all_found, dangling, entries_but};
use crate::record::Created;
use crate::run::{self, Outcomes, Run, named};
use crate::store::in_parts;
use crate::transitions::{self, Move};
use std::collections::HashSet;
use types::{Action, ActionCreate, ActionPatch, ActionState, ActionTransition};

/// Commits to an action in a cycle.
pub fn create(
    tx: &mut Tx<'_>,
    cycle: &CycleState,
    author_id: Id,
    body: &ActionCreate,
) -> Result<Created<Action>> {
    run::only(create_stretch(tx, cycle, author_id, &[body])?)
}

/// Commits to actions one after the other.
pub fn create_all(
    tx: &mut Tx<'_>,
    cycle: &CycleState,
    author_id: Id,
    bodies: &[&ActionCreate],
) -> Result<Outcomes<Action>> {
    let keys = |body: &ActionCreate| Vec::from_iter(body.id);
    run::in_stretches(bodies, keys, |bodies| create_stretch(tx, cycle, author_id, bodies))
}

fn create_stretch(
    tx: &mut Tx<'_>,
    cycle: &CycleState,
    author_id: Id,
    bodies: &[&ActionCreate],
) -> Result<Outcomes<Action>> {
    let now = tx.now;
    let commit = |body: &ActionCreate, digest| {
        cycle.takes_records()?;
        Ok(Action {
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
            happened_at: HappenedAt::or_now(body.happened_at, now),
            created_at: now,
            updated_at: now,
            version: 1,
            digest,
        })
    };
    let here = |stored: &Action| stored.cycle_id == cycle.id;
    let mut run = Run::of(tx, cycle.id, bodies, store::find_all, here, commit)?;
    let reflections = named(&run.fresh(), |action| action.reflection_ids.to_vec());
    let reflections = in_parts(&reflections, |part| store::reflections_standing(tx, cycle, part))?;
    let reflections: HashSet<Id> = reflections.into_iter().collect();
    let references = References::of(tx, cycle.network_id, cycle.id, &run.fresh())?;
    run.judge(|action| {
        let mut faults = Vec::new();
        entries_but("reflectionIds", &action.reflection_ids, |id| reflections.contains(id), &mut faults);
        references.stand(action, faults)
    });
    store::insert_all(tx, &run.fresh())?;
    store::link(tx, &run.fresh())?;
    Ok(run.noted(tx))
}

pub fn update(tx: &mut Tx<'_>, mut action: Action, if_match: &IfMatch, patch: ActionPatch) -> Result<Action> {
    if_match.demand(action.version)?;
    rules::amend(&mut action, patch)?;
    References::of(tx, action.network_id, action.cycle_id, &[&action])?.stand(&action, Vec::new())?;
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

/// What actions refer to for as long as they can be changed, as far as it stands.
struct References {
    people: HashSet<Id>,
    organisations: HashSet<Id>,
}

impl References {
    fn of(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id, actions: &[&Action]) -> Result<References> {
        let owners = named(actions, |action| vec![action.owner_id]);
        let people = match owners.is_empty() {
            true => Vec::new(),
            false => practice::people_in_cycle(tx, network_id, cycle_id, &owners)?,
        };
        let challenged = named(actions, |action| Vec::from_iter(action.challenged_organisation_id));
        let organisations = in_parts(&challenged, |part| store::organisations_standing(tx, part))?;
        Ok(References {
            people: people.into_iter().collect(),
            organisations: organisations.into_iter().collect(),
        })
    }

    /// 409 with a pointer for an owner who is neither member nor participant, and for a challenged organisation that is
    /// not known, besides the faults found already.
    fn stand(&self, action: &Action, mut faults: Vec<FieldError>) -> Result<()> {
        if !self.people.contains(&action.owner_id) {
            faults.push(dangling("ownerId", action.owner_id));
        }
        if let Some(id) = action.challenged_organisation_id
            && !self.organisations.contains(&id)
        {
            faults.push(dangling("challenges/organisationId", id));
        }
        all_found(faults)
    }
}
