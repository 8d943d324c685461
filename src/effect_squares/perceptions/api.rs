//! Perceptions over HTTP.

use super::store::{self, OnePerception};
use super::types::{Perception, PerceptionCreate, PerceptionFilter};
use crate::access::{Guard, Op, Seen, Tx};
use crate::effect_squares::OneEffectSquare;
use crate::effect_squares::types::EffectSquare;
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::{List, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::practice::Withdrawal;
use actix_web::HttpResponse;

pub async fn list(square: PathId, guard: Guard, list: List<PerceptionFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<EffectSquare>, page: &Page| {
        Ok(store::list(tx, &seen.found, &filter, page)?)
    };
    let key = |perception: &Perception| (perception.happened_at, perception.id);
    page.of_network(&guard, Op::ListPerceptions, OneEffectSquare(square.id), load, key).await
}

pub async fn create(square: PathId, guard: Guard, body: Body<PerceptionCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreatePerception, OneEffectSquare(square.id), body, move |tx, seen, body| {
            super::create(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(perception: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetPerception, OnePerception(perception.id)).await?;
    answer::record(&found)
}

pub async fn transition(
    perception: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<Withdrawal>,
) -> Result<HttpResponse> {
    let moved = guard
        .write_from(Op::TransitionPerception, OnePerception(perception.id), body, move |tx, seen, body| {
            super::withdraw(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}
