//! Views on effect arenas over HTTP.

use super::store::{self, OneView};
use super::types::{EffectArenaView, EffectArenaViewCreate};
use crate::access::{Guard, Op, Seen, Tx};
use crate::effect_arenas::store::OneEffectArena;
use crate::effect_arenas::types::EffectArena;
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::{List, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::practice::{RecordState, StateFilter, Withdrawal};
use actix_web::HttpResponse;

pub async fn list(arena: PathId, guard: Guard, list: List<StateFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let state = filter.state.unwrap_or(RecordState::Current);
    let load = move |tx: &mut Tx<'_>, seen: &Seen<EffectArena>, page: &Page| {
        Ok(store::list(tx, &seen.found, state, page)?)
    };
    let key = |view: &EffectArenaView| (view.created_at, view.id);
    page.of_network(&guard, Op::ListEffectArenaViews, OneEffectArena(arena.id), load, key).await
}

pub async fn create(arena: PathId, guard: Guard, body: Body<EffectArenaViewCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateEffectArenaView, OneEffectArena(arena.id), body, move |tx, seen, body| {
            super::create(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(view: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetEffectArenaView, OneView(view.id)).await?;
    answer::record(&found)
}

pub async fn transition(
    view: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<Withdrawal>,
) -> Result<HttpResponse> {
    let moved = guard
        .write_from(Op::TransitionEffectArenaView, OneView(view.id), body, move |tx, seen, body| {
            super::withdraw(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}
