//! Versions of effect arenas over HTTP.

use super::store::{self, OneVersion};
use super::types::EffectArenaVersion;
use crate::access::{Guard, Op, Seen, Tx};
use crate::effect_arenas::api::{PictureQuery, drawn};
use crate::effect_arenas::shown_version;
use crate::effect_arenas::store::OneEffectArena;
use crate::effect_arenas::types::EffectArena;
use crate::error::Result;
use crate::http::answer;
use crate::http::language::negotiated;
use crate::http::page::{List, NoFilter, Page, Query};
use crate::http::path::PathId;
use crate::http::precondition::IfNoneMatch;
use actix_web::{HttpRequest, HttpResponse};

pub async fn list(arena: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load =
        |tx: &mut Tx<'_>, seen: &Seen<EffectArena>, page: &Page| Ok(store::list(tx, &seen.found, page)?);
    let key = |version: &EffectArenaVersion| (version.created_at, version.id);
    list.page.of_network(&guard, Op::ListEffectArenaVersions, OneEffectArena(arena.id), load, key).await
}

pub async fn get(version: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetEffectArenaVersion, OneVersion(version.id)).await?;
    answer::record(&found)
}

pub async fn picture(
    version: PathId,
    guard: Guard,
    query: Query<PictureQuery>,
    known: IfNoneMatch,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let shown = guard
        .read(Op::GetEffectArenaVersionPicture, OneVersion(version.id), |tx, seen| {
            shown_version(tx, seen.found)
        })
        .await?;
    drawn(&shown, negotiated(query.0.lang, &request), &known)
}
