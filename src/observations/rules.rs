//! When observations may be logged, changed, closed and moved.

use super::types::{
    Observation, ObservationCreate, ObservationPatch, ObservationState, ObservationTransition,
};
use crate::clock::Instant;
use crate::cycles::rules::CycleState;
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::http::body::HappenedAt;
use crate::http::text::Text;
use crate::ids::Id;
use crate::practice::{not_withdrawn, texts};
use crate::transitions::{Moves, not_allowed};

/// The record that a create makes. A closed cycle still takes what happened before its closing, from a phone that was
/// offline, and marks it late.
pub fn log(
    body: &ObservationCreate,
    network_id: Id,
    cycle: Option<&CycleState>,
    author_id: Id,
    digest: Vec<u8>,
    now: Instant,
) -> Result<Observation> {
    let happened_at = HappenedAt::or_now(body.happened_at, now);
    let late = match cycle {
        Some(cycle) => cycle.takes_observation_of(happened_at)?,
        None => false,
    };
    Ok(Observation {
        network_id,
        id: body.id.unwrap_or_default(),
        cycle_id: cycle.map(|cycle| cycle.id),
        body: body.body.to_string(),
        perspective: body.perspective,
        voice: body.voice,
        question_id: body.question_id,
        about_pseudonym_ids: Json(body.about_pseudonym_ids.as_deref().unwrap_or_default().to_vec()),
        on_behalf_of_pseudonym_id: body.on_behalf_of_pseudonym_id,
        theme_ids: Json(body.theme_ids.as_deref().unwrap_or_default().to_vec()),
        life_domains: Json(texts(body.life_domains.as_deref().unwrap_or_default())),
        tags: Json(texts(body.tags.as_deref().unwrap_or_default())),
        late,
        state: ObservationState::Logged,
        state_reason: None,
        author_id,
        happened_at,
        created_at: now,
        updated_at: now,
        version: 1,
        digest,
    })
}

/// Applies a patch. `cycle` is the one that the patch takes an inbox observation into.
pub fn amend(
    observation: &mut Observation,
    patch: ObservationPatch,
    cycle: Option<&CycleState>,
) -> Result<()> {
    not_withdrawn(observation.state == ObservationState::Withdrawn)?;
    if let Some(cycle) = cycle
        && observation.cycle_id != Some(cycle.id)
    {
        if observation.cycle_id.is_some() {
            return Err(Error::conflict(
                "not_in_inbox",
                "The observation is in a cycle already; an undiscussed one can be moved by POST …/moves.",
            ));
        }
        observation.late = cycle.takes_observation_of(observation.happened_at)?;
        observation.cycle_id = Some(cycle.id);
    }
    patch.body.apply(&mut observation.body, Text::into_string);
    patch.perspective.apply(&mut observation.perspective, |value| value);
    patch.voice.apply(&mut observation.voice, |value| value);
    patch.question_id.apply(&mut observation.question_id, |value| value);
    patch.about_pseudonym_ids.apply(&mut observation.about_pseudonym_ids, |ids| Json(ids.into_vec()));
    patch.on_behalf_of_pseudonym_id.apply(&mut observation.on_behalf_of_pseudonym_id, |value| value);
    patch.theme_ids.apply(&mut observation.theme_ids, |ids| Json(ids.into_vec()));
    patch.life_domains.apply(&mut observation.life_domains, |list| Json(texts(&list)));
    patch.tags.apply(&mut observation.tags, |list| Json(texts(&list)));
    Ok(())
}

impl Moves<Observation> for ObservationTransition {
    fn id(&self) -> Option<Id> {
        self.id
    }
    fn to(&self) -> &'static str {
        self.to.into()
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn happened_at(&self) -> Option<HappenedAt> {
        self.happened_at
    }
    fn apply(&self, observation: &mut Observation) -> Result<&'static str> {
        use ObservationState::{Closed, Logged, Withdrawn};
        let from = observation.state;
        let possible: &[ObservationState] = match from {
            Logged => &[Closed, Withdrawn],
            Closed => &[Logged, Withdrawn],
            Withdrawn => &[Logged],
        };
        if !possible.contains(&self.to) {
            return Err(not_allowed(from.into(), self.to.into(), possible));
        }
        observation.state = self.to;
        observation.state_reason = self.reason.as_deref().map(Into::into);
        Ok(from.into())
    }
}

/// An author may move an observation as long as nobody has taken it up.
pub fn may_move(observation: &Observation, discussed: bool) -> Result<()> {
    not_withdrawn(observation.state == ObservationState::Withdrawn)?;
    if discussed {
        return Err(Error::conflict("discussed", "The observation has been taken up here, and stays."));
    }
    Ok(())
}

/// Puts the observation elsewhere. What it referred to in the network it leaves does not come along.
pub fn relocate(observation: &mut Observation, network_id: Id, cycle: Option<&CycleState>) -> Result<()> {
    observation.late = match cycle {
        Some(cycle) => cycle.takes_observation_of(observation.happened_at)?,
        None => false,
    };
    if observation.network_id != network_id {
        observation.network_id = network_id;
        observation.about_pseudonym_ids = Json(Vec::new());
        observation.on_behalf_of_pseudonym_id = None;
    }
    observation.question_id = None;
    observation.cycle_id = cycle.map(|cycle| cycle.id);
    Ok(())
}
