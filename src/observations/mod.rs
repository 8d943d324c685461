//! Observations: what somebody saw or heard in practice, in a cycle or in the network's inbox.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::{Seen, Tx};
use crate::cycles::rules::CycleState;
use crate::edits::{self, Changed, Edit, Edited, Edits, now};
use crate::error::{Error, Result};
use crate::http::page::Page;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::loops::following::{self, Scope};
use crate::practice::{all_found, dangling, entries_but};
use crate::privacy_warnings;
use crate::record::Created;
use crate::run::{self, Outcomes, Run, named};
use crate::store::in_parts;
use crate::themes;
use crate::transitions;
use std::collections::{HashMap, HashSet};
pub use store::OneObservation;
use types::{
    Observation, ObservationCreate, ObservationFilter, ObservationMove, ObservationPatch,
    ObservationTransition,
};

/// A page of the observations of a cycle or a network, or of those that a figure of its report counts.
pub fn list(
    tx: &mut Tx<'_>,
    scope: Scope,
    filter: &ObservationFilter,
    page: &Page,
) -> Result<Vec<Observation>> {
    let Some(followed) = filter.followed() else {
        return Ok(store::list(tx, scope.network_id(), scope.cycle_id(), filter, page)?);
    };
    let counted = following::page(tx, scope, &followed, page)?;
    let mut found = store::find_all(tx, &counted)?;
    // One that was moved since the closing belongs to others.
    found.retain(|observation| {
        observation.network_id == scope.network_id()
            && scope.cycle_id().is_none_or(|cycle_id| observation.cycle_id == Some(cycle_id))
    });
    Ok(following::newest_first(found, page, |observation| (observation.happened_at, observation.id)))
}

/// Logs an observation in a cycle, or with none in the network's inbox.
pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle: Option<&CycleState>,
    author_id: Id,
    body: &ObservationCreate,
) -> Result<Created<Observation>> {
    run::only(create_stretch(tx, network_id, cycle, author_id, &[body])?)
}

/// Logs observations one after the other.
pub fn create_all(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle: Option<&CycleState>,
    author_id: Id,
    bodies: &[&ObservationCreate],
) -> Result<Outcomes<Observation>> {
    let keys = |body: &ObservationCreate| Vec::from_iter(body.id);
    run::in_stretches(bodies, keys, |bodies| create_stretch(tx, network_id, cycle, author_id, bodies))
}

fn create_stretch(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle: Option<&CycleState>,
    author_id: Id,
    bodies: &[&ObservationCreate],
) -> Result<Outcomes<Observation>> {
    let (cycle_id, now) = (cycle.map(|cycle| cycle.id), tx.now);
    let here = |stored: &Observation| stored.network_id == network_id && stored.cycle_id == cycle_id;
    let log = |body: &ObservationCreate, digest| rules::log(body, network_id, cycle, author_id, digest, now);
    let mut run = Run::of(tx, cycle_id.unwrap_or(network_id), bodies, store::find_all, here, log)?;
    let references = References::of(tx, network_id, cycle_id, &run.fresh())?;
    run.judge(|observation| references.stand(observation));
    store::insert_all(tx, &run.fresh())?;
    store::link(tx, &run.fresh())?;
    Ok(run.noted(tx))
}

pub fn update(
    tx: &mut Tx<'_>,
    observation: Observation,
    if_match: &IfMatch,
    patch: ObservationPatch,
) -> Result<Observation> {
    edits::only(update_all(tx, vec![Edit { record: observation, if_match, body: &patch }])?)
}

/// Changes different observations.
pub fn update_all(
    tx: &mut Tx<'_>,
    edits: Vec<Edit<'_, Observation, ObservationPatch>>,
) -> Result<Edited<Observation>> {
    let cycles = cycles_entered(tx, &edits)?;
    let amend = |observation: &mut Observation, if_match: &IfMatch, patch: &ObservationPatch| {
        if_match.demand(observation.version)?;
        let cycle = match patch.cycle_id.0 {
            None => None,
            Some(id) => Some(cycle_of(cycles.get(&id), observation.network_id, id)?),
        };
        rules::amend(observation, patch.clone(), cycle).map(Some)
    };
    let mut edits = Edits::of(edits, amend);
    let place = |observation: &Observation| (observation.network_id, observation.cycle_id);
    let look = |tx: &mut Tx<'_>, (network_id, cycle_id): &(Id, Option<Id>), changed: &[&Changed<_>]| {
        References::of(tx, *network_id, *cycle_id, &now(changed))
    };
    edits.judge(tx, place, look, |known, changed| known.stand(&changed.now))?;
    edits.save(tx, store::save_all)?;
    let changed = edits.changed();
    store::unlink(tx, &now(&changed))?;
    store::link(tx, &now(&changed))?;
    Ok(edits.noted(|changed| tx.note("updated", &changed.now)))
}

/// The cycles that observations are to be taken into.
fn cycles_entered(
    tx: &mut Tx<'_>,
    edits: &[Edit<'_, Observation, ObservationPatch>],
) -> Result<HashMap<Id, CycleState>> {
    let mut cycles = HashMap::new();
    for id in edits.iter().filter_map(|edit| edit.body.cycle_id.0) {
        if !cycles.contains_key(&id)
            && let Some(cycle) = store::cycle(tx, id)?
        {
            cycles.insert(id, cycle);
        }
    }
    Ok(cycles)
}

/// 409 where it is no cycle of the observation's network.
fn cycle_of(cycle: Option<&CycleState>, network_id: Id, id: Id) -> Result<&CycleState> {
    let known = cycle.filter(|cycle| cycle.network_id == network_id);
    known.ok_or_else(|| Error::dangling(vec![dangling("cycleId", id)]))
}

/// Closes an observation without action, withdraws it, or takes either back.
pub fn transition(
    tx: &mut Tx<'_>,
    observation: Observation,
    person_id: Id,
    if_match: &IfMatch,
    body: &ObservationTransition,
) -> Result<Observation> {
    transitions::move_one(tx, person_id, Edit { record: observation, if_match, body }, store::save)
}

/// Moves different observations.
pub fn transition_all(
    tx: &mut Tx<'_>,
    person_id: Id,
    edits: Vec<Edit<'_, Observation, ObservationTransition>>,
) -> Result<Edited<Observation>> {
    transitions::move_all(tx, person_id, edits, store::save_all)
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
    let cycle = match body.cycle_id {
        None => None,
        Some(id) => {
            let cycle = store::cycle(tx, id)?;
            Some(cycle_of(cycle.as_ref(), body.network_id, id)?.clone())
        }
    };
    let left = observation.clone();
    rules::relocate(&mut observation, body.network_id, cycle.as_ref())?;
    store::unlink(tx, &[&left])?;
    store::relocate(tx, &mut observation)?;
    store::link(tx, &[&observation])?;
    privacy_warnings::follow(
        tx,
        left.network_id,
        observation.id,
        observation.network_id,
        observation.cycle_id,
    )?;
    if left.network_id != observation.network_id || left.cycle_id.is_some() {
        // Whoever follows the old network, or as a guest the old cycle, learns that the record left it.
        tx.note("moved_out", &left);
    }
    tx.note("moved", &observation);
    Ok(observation)
}

/// What observations refer to, as far as it stands where they lie.
struct References {
    questions: HashSet<Id>,
    pseudonyms: HashSet<Id>,
    themes: HashSet<Id>,
}

impl References {
    fn of(
        tx: &mut Tx<'_>,
        network_id: Id,
        cycle_id: Option<Id>,
        observations: &[&Observation],
    ) -> Result<References> {
        let questions = named(observations, |observation| Vec::from_iter(observation.question_id));
        let pseudonyms = named(observations, |observation| {
            let about = observation.about_pseudonym_ids.iter();
            about.chain(&observation.on_behalf_of_pseudonym_id).copied().collect()
        });
        let themes = named(observations, |observation| observation.theme_ids.to_vec());
        let questions = match cycle_id {
            Some(cycle_id) => {
                in_parts(&questions, |part| store::questions_standing(tx, network_id, cycle_id, part))?
            }
            None => Vec::new(),
        };
        let pseudonyms = in_parts(&pseudonyms, |part| store::pseudonyms_standing(tx, network_id, part))?;
        let themes = in_parts(&themes, |part| themes::standing(tx, part))?;
        Ok(References {
            questions: questions.into_iter().collect(),
            pseudonyms: pseudonyms.into_iter().collect(),
            themes: themes.into_iter().collect(),
        })
    }

    /// 409 with a pointer for everything the observation refers to that does not stand in its network.
    fn stand(&self, observation: &Observation) -> Result<()> {
        let mut faults = Vec::new();
        if let Some(id) = observation.question_id
            && !self.questions.contains(&id)
        {
            faults.push(dangling("questionId", id));
        }
        if let Some(id) = observation.on_behalf_of_pseudonym_id
            && !self.pseudonyms.contains(&id)
        {
            faults.push(dangling("onBehalfOfPseudonymId", id));
        }
        let about = &observation.about_pseudonym_ids;
        entries_but("aboutPseudonymIds", about, |id| self.pseudonyms.contains(id), &mut faults);
        entries_but("themeIds", &observation.theme_ids, |id| self.themes.contains(id), &mut faults);
        all_found(faults)
    }
}
