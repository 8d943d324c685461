//! Reflections: thinking about observations, alone or together, and what shifts by it.

pub mod api;
pub mod models;
mod references;
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
use crate::practice::{self, RecordState, Withdrawal};
use crate::record::Created;
use crate::run::{self, Outcomes, Run};
use references::References;
use types::{Reflection, ReflectionCreate, ReflectionPatch, Visibility};

/// Reflects on observations of a cycle.
pub fn create(
    tx: &mut Tx<'_>,
    cycle: &CycleState,
    author_id: Id,
    body: &ReflectionCreate,
) -> Result<Created<Reflection>> {
    run::only(create_stretch(tx, cycle, author_id, &[body])?)
}

/// Reflects one time after the other. A session has one reflection, so a second one has to find the first.
pub fn create_all(
    tx: &mut Tx<'_>,
    cycle: &CycleState,
    author_id: Id,
    bodies: &[&ReflectionCreate],
) -> Result<Outcomes<Reflection>> {
    let keys = |body: &ReflectionCreate| body.id.into_iter().chain(body.session_id).collect();
    run::in_stretches(bodies, keys, |bodies| create_stretch(tx, cycle, author_id, bodies))
}

fn create_stretch(
    tx: &mut Tx<'_>,
    cycle: &CycleState,
    author_id: Id,
    bodies: &[&ReflectionCreate],
) -> Result<Outcomes<Reflection>> {
    let now = tx.now;
    let reflect = |body: &ReflectionCreate, digest| {
        cycle.takes_records()?;
        Ok(Reflection {
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
            happened_at: HappenedAt::or_now(body.happened_at, now),
            created_at: now,
            updated_at: now,
            version: 1,
            digest,
        })
    };
    let here = |stored: &Reflection| {
        let shown = stored.visibility == Visibility::Network || stored.author_id == author_id;
        stored.cycle_id == cycle.id && shown
    };
    let mut run = Run::of(tx, cycle.id, bodies, store::find_all, here, reflect)?;
    let references = References::of(tx, cycle.network_id, cycle.id, &run.fresh())?;
    run.judge(|reflection| references.stand(reflection));
    store::insert_all(tx, &run.fresh())?;
    store::link(tx, &run.fresh())?;
    Ok(run.noted(tx))
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
    References::of_changed(tx, &reflection, &before)?.stand(&reflection)?;
    store::save(tx, &mut reflection)?;
    if *reflection.observation_ids != *before.observation_ids
        || *reflection.participant_ids != *before.participant_ids
    {
        store::unlink(tx, &reflection)?;
        store::link(tx, &[&reflection])?;
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
