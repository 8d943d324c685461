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
use crate::edits::{self, Changed, Edit, Edited, Edits, by_network};
use crate::error::Result;
use crate::http::body::HappenedAt;
use crate::http::page::Page;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::loops::following::{self, Scope};
use crate::practice::{RecordState, Withdrawal};
use crate::record::Created;
use crate::run::{self, Outcomes, Run};
use crate::transitions;
use references::References;
use std::collections::HashSet;
pub use store::OneReflection;
use types::{Reflection, ReflectionCreate, ReflectionFilter, ReflectionPatch, Visibility};

/// A page of the reflections of a cycle or a network, or of those that a figure of its report counts.
pub fn list(
    tx: &mut Tx<'_>,
    scope: Scope,
    viewer_id: Id,
    filter: &ReflectionFilter,
    page: &Page,
) -> Result<Vec<Reflection>> {
    let Some(followed) = filter.followed() else {
        return Ok(store::list(tx, scope.network_id(), scope.cycle_id(), viewer_id, filter, page)?);
    };
    let counted = following::page(tx, scope, &followed, page)?;
    let mut found = store::find_all(tx, &counted)?;
    // One that its author has kept to themselves since the closing is theirs alone.
    found.retain(|reflection| {
        reflection.visibility == Visibility::Network || reflection.author_id == viewer_id
    });
    Ok(following::newest_first(found, page, |reflection| (reflection.happened_at, reflection.id)))
}

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
    run.judge(|reflection| references.stand(reflection, None));
    store::insert_all(tx, &run.fresh())?;
    store::link(tx, &run.fresh())?;
    Ok(run.noted(tx))
}

pub fn update(
    tx: &mut Tx<'_>,
    reflection: Reflection,
    if_match: &IfMatch,
    patch: ReflectionPatch,
) -> Result<Reflection> {
    edits::only(update_all(tx, vec![Edit { record: reflection, if_match, body: &patch }])?)
}

/// Changes different reflections.
pub fn update_all(
    tx: &mut Tx<'_>,
    edits: Vec<Edit<'_, Reflection, ReflectionPatch>>,
) -> Result<Edited<Reflection>> {
    let followed = followed(tx, &edits)?;
    let amend = |reflection: &mut Reflection, if_match: &IfMatch, patch: &ReflectionPatch| {
        if_match.demand(reflection.version)?;
        let followed = followed.contains(&reflection.id);
        rules::amend(reflection, patch.clone(), followed).map(Some)
    };
    let mut edits = Edits::of(edits, amend);
    let place = |reflection: &Reflection| (reflection.network_id, reflection.cycle_id);
    edits.judge(tx, place, References::of_changed, |known, it| known.stand(&it.now, Some(&it.before)))?;
    edits.save(tx, store::save_all)?;
    let relinked = edits.changed().into_iter().filter(|Changed { before, now, .. }| {
        *now.observation_ids != *before.observation_ids || *now.participant_ids != *before.participant_ids
    });
    let relinked: Vec<&Reflection> = relinked.map(|changed| &changed.now).collect();
    store::unlink(tx, &relinked)?;
    store::link(tx, &relinked)?;
    Ok(edits.noted(|changed| tx.note_update(&changed.before, &changed.now)))
}

/// Those that an action follows from which stands: others rely on seeing them.
fn followed(tx: &mut Tx<'_>, edits: &[Edit<'_, Reflection, ReflectionPatch>]) -> Result<HashSet<Id>> {
    let reflections: Vec<&Reflection> = edits.iter().map(|edit| &edit.record).collect();
    let mut followed = HashSet::new();
    for (network_id, ids) in by_network(&reflections) {
        followed.extend(store::followed_among(tx, network_id, &ids)?);
    }
    Ok(followed)
}

pub fn withdraw(
    tx: &mut Tx<'_>,
    reflection: Reflection,
    person_id: Id,
    if_match: &IfMatch,
    body: &Withdrawal,
) -> Result<Reflection> {
    transitions::move_one(tx, person_id, Edit { record: reflection, if_match, body }, store::save)
}

/// Withdraws different reflections.
pub fn withdraw_all(
    tx: &mut Tx<'_>,
    person_id: Id,
    edits: Vec<Edit<'_, Reflection, Withdrawal>>,
) -> Result<Edited<Reflection>> {
    transitions::move_all(tx, person_id, edits, store::save_all)
}
