//! Themes over HTTP.

use super::store::{self, OneTheme};
use super::types::{ThemeCreate, ThemePatch};
use crate::access::{Guard, Op, Server};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, NoFilter};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use actix_web::HttpResponse;

pub async fn list(guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let page = list.page;
    let window = page.clone();
    let rows = guard.read(Op::ListThemes, Server, move |tx, _| Ok(store::list(tx, &window)?)).await?;
    page.answer(&rows, |theme| (theme.created_at, theme.id))
}

pub async fn create(guard: Guard, body: Body<ThemeCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateTheme, Server, body, move |tx, seen, body| {
            super::create(tx, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(theme: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetTheme, OneTheme(theme.id)).await?;
    answer::record(&found)
}

pub async fn update(
    theme: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<ThemePatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateTheme, OneTheme(theme.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}
