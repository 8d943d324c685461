//! Actions: what somebody will try next, following from a reflection.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::cycles::rules::CycleState;
use crate::db::types::Json;
use crate::edits::{self, Changed, Edit, Edited, Edits, now};
use crate::error::{FieldError, Result};
use crate::http::body::HappenedAt;
use crate::http::page::Page;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::loops::following::{self, Scope};
use crate::practice::{self, all_found, dangling, entries_but};
use crate::record::Created;
use crate::run::{self, Outcomes, Run, named};
use crate::store::in_parts;
use crate::transitions;
use std::collections::HashSet;
pub use store::OneAction;
use types::{Action, ActionCreate, ActionFilter, ActionPatch, ActionState, ActionTransition};

/// A page of the actions of a cycle or a network, or of those that a figure of its report counts.
pub fn list(tx: &mut Tx<'_>, scope: Scope, filter: &ActionFilter, page: &Page) -> Result<Vec<Action>> {
    let Some(followed) = filter.followed() else {
        return Ok(store::list(tx, scope.network_id(), scope.cycle_id(), filter, page)?);
    };
    let counted = following::page(tx, scope, &followed, page)?;
    let found = store::find_all(tx, &counted)?;
    Ok(following::newest_first(found, page, |action| (action.happened_at, action.id)))
}

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

pub fn update(tx: &mut Tx<'_>, action: Action, if_match: &IfMatch, patch: ActionPatch) -> Result<Action> {
    edits::only(update_all(tx, vec![Edit { record: action, if_match, body: &patch }])?)
}

/// Changes different actions.
pub fn update_all(tx: &mut Tx<'_>, edits: Vec<Edit<'_, Action, ActionPatch>>) -> Result<Edited<Action>> {
    let amend = |action: &mut Action, if_match: &IfMatch, patch: &ActionPatch| {
        if_match.demand(action.version)?;
        rules::amend(action, patch.clone()).map(Some)
    };
    let mut edits = Edits::of(edits, amend);
    let place = |action: &Action| (action.network_id, action.cycle_id);
    let look = |tx: &mut Tx<'_>, (network_id, cycle_id): &(Id, Id), changed: &[&Changed<Action>]| {
        References::of(tx, *network_id, *cycle_id, &now(changed))
    };
    edits.judge(tx, place, look, |known, changed| known.stand(&changed.now, Vec::new()))?;
    edits.save(tx, store::save_all)?;
    Ok(edits.noted(|changed| tx.note("updated", &changed.now)))
}

/// Moves an action's state; possible in a closed cycle too, since what was agreed goes on after it.
pub fn transition(
    tx: &mut Tx<'_>,
    action: Action,
    person_id: Id,
    if_match: &IfMatch,
    body: &ActionTransition,
) -> Result<Action> {
    transitions::move_one(tx, person_id, Edit { record: action, if_match, body }, store::save)
}

/// Moves the states of different actions.
pub fn transition_all(
    tx: &mut Tx<'_>,
    person_id: Id,
    edits: Vec<Edit<'_, Action, ActionTransition>>,
) -> Result<Edited<Action>> {
    transitions::move_all(tx, person_id, edits, store::save_all)
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
