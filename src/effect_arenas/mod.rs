//! Effect arenas (Effectenarena): who invests in something, through which activities, to which effects, and who collects
//! them. Those whom an intervention concerns lay it out together, and see where who pays is not who reaps (verzilvert). The
//! instrument is one of Dutch housing and welfare work; as the first step of a social cost-benefit analysis it is in V. Larsen
//! and L. de Boer, Werken aan maatschappelijk rendement (Ministerie van BZK, 2011), section 3.4.
//!
//! An arena is made by several people, so a draft is everybody's who writes in its place. Where they differ, each says so
//! in a view (`views`) that stays, also when the arena is agreed. What was agreed, and what was evaluated, is kept as it
//! stood then (`versions`). Who pays and who reaps is derived when it is read (`balance`), and drawn (`picture`).

pub mod api;
pub mod balance;
pub mod content;
pub mod picture;
mod references;
pub mod rules;
mod store;
pub mod types;
pub mod versions;
pub mod views;

use crate::access::{InCycle, Locate, Tx};
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::http::body::HappenedAt;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::networks;
use crate::practice::dangling;
use crate::record::{self, Created};
use crate::transitions::{self, Move};
use content::ArenaContent;
use picture::{Shown, Subject};
use std::collections::HashMap;
use types::{ArenaState, EffectArena, EffectArenaCreate, EffectArenaPatch, EffectArenaTransition};
use versions::types::EffectArenaVersion;

/// Lays out a board as a draft. Of a cycle in whatever phase: effects come late.
pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    author_id: Id,
    body: &EffectArenaCreate,
) -> Result<Created<EffectArena>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let arena = EffectArena {
        id: body.id.unwrap_or_default(),
        network_id,
        cycle_id: cycle_of(tx, network_id, body)?,
        action_id: body.action_id,
        title: body.title.to_string(),
        session_id: body.session_id,
        participant_ids: Json(body.participant_ids.as_deref().unwrap_or_default().to_vec()),
        content: Json(body.content.clone().unwrap_or_default()),
        state: ArenaState::Draft,
        state_reason: None,
        last_number: 0,
        author_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    references::stand(tx, &arena, None, true)?;
    store::insert(tx, &arena)?;
    tx.note("created", &arena);
    Ok(Created::fresh(arena))
}

/// The cycle in which an arena lies: its own, or its action's.
fn cycle_of(tx: &mut Tx<'_>, network_id: Id, body: &EffectArenaCreate) -> Result<Option<Id>> {
    if let Some(id) = body.action_id {
        let cycle_id = store::cycle_of_action(tx, network_id, id)?;
        return cycle_id.map(Some).ok_or_else(|| Error::dangling(vec![dangling("actionId", id)]));
    }
    let Some(id) = body.cycle_id else { return Ok(None) };
    match InCycle(id).locate(tx)? {
        Some((cycle, _)) if cycle.network_id == network_id => Ok(Some(id)),
        _ => Err(Error::dangling(vec![dangling("cycleId", id)])),
    }
}

/// Changes an arena. `all_cycles` tells that who changes it sees the cycles beside its own, too.
pub fn update(
    tx: &mut Tx<'_>,
    mut arena: EffectArena,
    if_match: &IfMatch,
    patch: EffectArenaPatch,
    all_cycles: bool,
) -> Result<EffectArena> {
    if_match.demand(arena.version)?;
    let before = arena.clone();
    rules::amend(&mut arena, patch)?;
    references::stand(tx, &arena, Some(&before), all_cycles)?;
    store::save(tx, &mut arena)?;
    tx.note("updated", &arena);
    Ok(arena)
}

/// Moves an arena. What is agreed, and what is evaluated, is kept as it stands now, with the views on it.
pub fn transition(
    tx: &mut Tx<'_>,
    mut arena: EffectArena,
    person_id: Id,
    if_match: &IfMatch,
    body: &EffectArenaTransition,
) -> Result<EffectArena> {
    let digest = tx.digest(body.id, arena.id, body)?;
    if transitions::was_made(tx, body.id, arena.id, &digest)? {
        return Ok(arena);
    }
    if_match.honour(arena.version)?;
    let from = rules::transition(&mut arena, body)?;
    let kept = matches!(body.to, ArenaState::Agreed | ArenaState::Evaluated);
    if kept {
        arena.last_number += 1;
    }
    store::save(tx, &mut arena)?;
    let made = Move {
        id: body.id,
        from: from.into(),
        to: body.to.into(),
        reason: body.reason.as_deref(),
        happened_at: body.happened_at,
        digest,
    };
    transitions::record(tx, &arena, person_id, made)?;
    tx.note(<&str>::from(body.to), &arena);
    if kept {
        let happened_at = HappenedAt::or_now(body.happened_at, tx.now);
        versions::keep(tx, &arena, person_id, happened_at)?;
    }
    Ok(arena)
}

/// What the picture of an arena shows.
fn shown(tx: &mut Tx<'_>, arena: EffectArena) -> Result<Shown> {
    let views = views::store::standing(tx, &arena)?;
    let (network, names) = called(tx, arena.network_id, &arena.content)?;
    Ok(Shown {
        subject: Subject::of(arena.action_id, arena.cycle_id),
        title: arena.title,
        network,
        state: arena.state,
        number: arena.last_number,
        day: arena.updated_at.day(),
        content: arena.content.0,
        views: views.into_iter().map(Into::into).collect(),
        names,
    })
}

/// The same of a version.
fn shown_version(tx: &mut Tx<'_>, version: EffectArenaVersion) -> Result<Shown> {
    let arena = store::find(tx, version.effect_arena_id)?.ok_or(Error::NotFound)?;
    let (network, names) = called(tx, version.network_id, &version.content)?;
    Ok(Shown {
        subject: Subject::of(arena.action_id, arena.cycle_id),
        title: version.title,
        network,
        state: version.state,
        number: version.number,
        day: version.happened_at.day(),
        content: version.content.0,
        views: version.views.0,
        names,
    })
}

/// What a network and the partners on a board are called now.
fn called(tx: &mut Tx<'_>, network_id: Id, content: &ArenaContent) -> Result<(String, HashMap<Id, String>)> {
    let network = networks::find(tx, network_id)?.ok_or(Error::NotFound)?;
    let partners: Vec<Id> = content.organisations().into_iter().map(|(_, id)| id).collect();
    Ok((network.name, store::names(tx, &partners)?.into_iter().collect()))
}

/// An arena by its id, whoever may see it.
pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<EffectArena>> {
    Ok(store::find(tx, id)?)
}
