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
use crate::practice::{all_found, dangling, entries_but};
use crate::record::Created;
use crate::run::{self, Outcomes, Run, named};
use crate::store::in_parts;
use crate::themes;
use crate::transitions::{self, Move};
use std::collections::HashSet;
use types::{Observation, ObservationCreate, ObservationMove, ObservationPatch, ObservationTransition};

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
    store::link(tx, &[&observation])?;
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
    store::link(tx, &[&observation])?;
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

/// 409 for everything a changed observation refers to that does not stand.
fn references_stand(tx: &mut Tx<'_>, observation: &Observation) -> Result<()> {
    References::of(tx, observation.network_id, observation.cycle_id, &[observation])?.stand(observation)
}
