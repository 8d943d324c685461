//! Effect squares over HTTP.

use super::perceptions;
use super::store::{self, OneEffectSquare};
use super::summary;
use super::types::{EffectSquare, EffectSquareCreate, EffectSquarePatch};
use crate::access::{Guard, InNetwork, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{RecordState, StateFilter, Withdrawal};
use actix_web::HttpResponse;

pub async fn list(network: PathId, guard: Guard, list: List<StateFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let state = filter.state.unwrap_or(RecordState::Current);
    let load =
        move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list(tx, seen.found, state, page)?);
    let key = |square: &EffectSquare| (square.happened_at, square.id);
    page.of_network(&guard, Op::ListEffectSquares, InNetwork(network.id), load, key).await
}

pub async fn create(network: PathId, guard: Guard, body: Body<EffectSquareCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateEffectSquare, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(square: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetEffectSquare, OneEffectSquare(square.id)).await?;
    answer::record(&found)
}

pub async fn update(
    square: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<EffectSquarePatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateEffectSquare, OneEffectSquare(square.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn transition(
    square: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<Withdrawal>,
) -> Result<HttpResponse> {
    let moved = guard
        .write_from(Op::TransitionEffectSquare, OneEffectSquare(square.id), body, move |tx, seen, body| {
            super::withdraw(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}

pub async fn get_summary(square: PathId, guard: Guard) -> Result<HttpResponse> {
    let summary = guard
        .read(Op::GetEffectSquareSummary, OneEffectSquare(square.id), |tx, seen| {
            let perceived = perceptions::counted(tx, &seen.found)?;
            Ok(summary::of(seen.found, perceived))
        })
        .await?;
    answer::value(&summary)
}
