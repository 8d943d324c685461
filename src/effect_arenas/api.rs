//! Effect arenas over HTTP.

use super::balance::{self, EffectArenaBalance};
use super::picture::{self, Shown};
use super::store::{self, OneEffectArena};
use super::types::{
    ArenaState, EffectArenaCreate, EffectArenaFilter, EffectArenaPatch, EffectArenaTransition,
};
use crate::access::{Guard, InNetwork, Op, Seen, Tx};
use crate::error::{Error, Result};
use crate::http::answer;
use crate::http::body::{Body, Input, Patch};
use crate::http::document::{Document, policy};
use crate::http::language::negotiated;
use crate::http::page::{List, NoFilter, Page, Query};
use crate::http::path::PathId;
use crate::http::precondition::{IfMatch, IfNoneMatch};
use crate::ids::Id;
use crate::people::types::Locale;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// The media type of a picture.
pub const PICTURE: &[&str] = &["image/svg+xml"];
static POLICY: LazyLock<String> = LazyLock::new(|| policy(picture::STYLE));

/// The language of a picture.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PictureQuery {
    /// By default the one that Accept-Language likes best.
    pub lang: Option<Locale>,
}

impl Input for PictureQuery {
    fn example() -> Value {
        json!({"lang": "nl"})
    }
}

pub async fn list(network: PathId, guard: Guard, list: List<EffectArenaFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load =
        move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list(tx, seen.found, &filter, page)?);
    page.of_network(&guard, Op::ListEffectArenas, InNetwork(network.id), load, |arena| {
        (arena.created_at, arena.id)
    })
    .await
}

pub async fn create(network: PathId, guard: Guard, body: Body<EffectArenaCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateEffectArena, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(arena: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetEffectArena, OneEffectArena(arena.id)).await?;
    answer::record(&found)
}

pub async fn update(
    arena: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<EffectArenaPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateEffectArena, OneEffectArena(arena.id), patch, move |tx, seen, patch| {
            let all_cycles = seen.standing.member.is_some();
            super::update(tx, seen.found, &if_match, patch.clone(), all_cycles)
        })
        .await?;
    answer::record(&updated)
}

pub async fn transition(
    arena: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<EffectArenaTransition>,
) -> Result<HttpResponse> {
    // Its author takes it back; agreeing and evaluating are for those who guide.
    let op = match body.ahead().to {
        ArenaState::Withdrawn => Op::WithdrawEffectArena,
        ArenaState::Draft | ArenaState::Agreed | ArenaState::Evaluated => Op::TransitionEffectArena,
    };
    let moved = guard
        .write_from(op, OneEffectArena(arena.id), body, move |tx, seen, body| {
            super::transition(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}

pub async fn balance(arena: PathId, guard: Guard, _query: Query<NoFilter>) -> Result<HttpResponse> {
    let found = guard.get(Op::GetEffectArenaBalance, OneEffectArena(arena.id)).await?;
    answer::value(&EffectArenaBalance {
        effect_arena_id: found.id,
        version: found.version,
        parties: balance::parties(&found.content),
    })
}

pub async fn picture(
    arena: PathId,
    guard: Guard,
    query: Query<PictureQuery>,
    known: IfNoneMatch,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let shown = guard
        .read(Op::GetEffectArenaPicture, OneEffectArena(arena.id), |tx, seen| super::shown(tx, seen.found))
        .await?;
    drawn(&shown, negotiated(query.0.lang, &request), &known)
}

/// A picture, as it is sent.
pub(super) fn drawn(shown: &Shown, language: Locale, known: &IfNoneMatch) -> Result<HttpResponse> {
    let body = picture::svg(shown, language).map_err(Error::internal)?;
    let headers = vec![(header::CONTENT_SECURITY_POLICY, POLICY.clone())];
    Ok(Document { body, media_type: PICTURE[0], language, vary: "Accept-Language", headers }.answer(known))
}
