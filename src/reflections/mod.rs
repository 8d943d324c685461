//! Reflections: thinking about observations, alone or together, and what shifts by it.

pub mod api;
pub mod models;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::cycles::rules::CycleState;
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::http::body::HappenedAt;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{self, RecordState, Withdrawal, all_found, dangling, dangling_entries};
use crate::record::{self, Created};
use crate::sessions::{self, types::Session};
use serde_json::json;
use types::{Reflection, ReflectionCreate, ReflectionPatch, Visibility};

/// Reflects on observations of a cycle.
pub fn create(
    tx: &mut Tx<'_>,
    cycle: &CycleState,
    author_id: Id,
    body: &ReflectionCreate,
) -> Result<Created<Reflection>> {
    let digest = tx.digest(body.id, cycle.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let shown = stored.visibility == Visibility::Network || stored.author_id == author_id;
        let here = stored.cycle_id == cycle.id && shown;
        return record::replay(stored, &digest, here);
    }
    cycle.takes_records()?;
    let reflection = Reflection {
        network_id: cycle.network_id,
        id: body.id.unwrap_or_default(),
        cycle_id: cycle.id,
        observation_ids: Json(body.observation_ids.to_vec()),
        model: body.model,
        model_version: models::of(body.model).version,
        answers: Json(body.answers.to_vec()),
        loop_depth: body.loop_depth,
        frame_shift: body.frame_shift.clone().map(Json),
        participant_ids: Json(body.participant_ids.as_deref().unwrap_or_default().to_vec()),
        session_id: body.session_id,
        visibility: body.visibility.unwrap_or(Visibility::Network),
        state: RecordState::Current,
        state_reason: None,
        author_id,
        happened_at: HappenedAt::or_now(body.happened_at, tx.now),
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    if let Some(session) = references_stand(tx, &reflection, None)? {
        sessions::rules::took_place(&session)?;
        if let Some(id) = store::of_session(tx, &session)? {
            let detail = "The session has its reflection; its author can change it.";
            return Err(Error::conflict("has_reflection", detail).with("reflectionId", json!(id)));
        }
    }
    store::insert(tx, &reflection)?;
    store::link(tx, &reflection)?;
    tx.note("created", &reflection);
    Ok(Created::fresh(reflection))
}

pub fn update(
    tx: &mut Tx<'_>,
    mut reflection: Reflection,
    if_match: &IfMatch,
    patch: ReflectionPatch,
) -> Result<Reflection> {
    if_match.demand(reflection.version)?;
    let followed = store::is_followed(tx, &reflection)?;
    let before = reflection.clone();
    rules::amend(&mut reflection, patch, followed)?;
    references_stand(tx, &reflection, Some(&before))?;
    store::save(tx, &mut reflection)?;
    if *reflection.observation_ids != *before.observation_ids
        || *reflection.participant_ids != *before.participant_ids
    {
        store::unlink(tx, &reflection)?;
        store::link(tx, &reflection)?;
    }
    tx.note_update(&before, &reflection);
    Ok(reflection)
}

pub fn withdraw(
    tx: &mut Tx<'_>,
    mut reflection: Reflection,
    person_id: Id,
    if_match: &IfMatch,
    body: &Withdrawal,
) -> Result<Reflection> {
    if !practice::withdraw(tx, &reflection, reflection.state, person_id, if_match, body)? {
        return Ok(reflection);
    }
    reflection.state = RecordState::Withdrawn;
    reflection.state_reason = Some(body.reason.to_string());
    store::save(tx, &mut reflection)?;
    tx.note("withdrawn", &reflection);
    Ok(reflection)
}

/// 409 with a pointer for each observation that is not a current one of the cycle, for a session that cannot be
/// reflected on here, and for each person who is neither a member nor a participant or, in a session, was not present.
/// What it referred to `before` may stay, whatever came of it since. Answers with the session.
fn references_stand(
    tx: &mut Tx<'_>,
    reflection: &Reflection,
    before: Option<&Reflection>,
) -> Result<Option<Session>> {
    let mut faults = Vec::new();
    let (network_id, cycle_id) = (reflection.network_id, reflection.cycle_id);
    let session = match (reflection.session_id, before) {
        (None, _) => None,
        (Some(id), Some(_)) => sessions::find(tx, id)?,
        (Some(id), None) => {
            let joined = sessions::joined(tx, network_id, cycle_id, id)?;
            if joined.is_none() {
                faults.push(dangling("sessionId", id));
            }
            joined
        }
    };
    let mut observations = before.map_or_else(Vec::new, |before| before.observation_ids.to_vec());
    if reflection.observation_ids.iter().any(|id| !observations.contains(id)) {
        observations.extend(store::observations_standing(tx, reflection)?);
    }
    dangling_entries("observationIds", &reflection.observation_ids, &observations, &mut faults);
    let mut people = before.map_or_else(Vec::new, |before| before.participant_ids.to_vec());
    if reflection.participant_ids.iter().any(|id| !people.contains(id)) {
        people.extend(match &session {
            Some(session) => session.present_ids.to_vec(),
            None => practice::people_in_cycle(tx, network_id, cycle_id, &reflection.participant_ids)?,
        });
    }
    dangling_entries("participantIds", &reflection.participant_ids, &people, &mut faults);
    rules::named_thought_along(reflection, &mut faults);
    all_found(faults)?;
    Ok(session)
}
