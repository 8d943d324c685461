//! Networks on themes over HTTP.

use super::store::{self, OneThemeNetwork};
use super::types::{ThemeNetworkCreate, ThemeNetworkFilter, ThemeNetworkPatch};
use crate::access::{Guard, InNetwork, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use actix_web::HttpResponse;

pub async fn list(network: PathId, guard: Guard, list: List<ThemeNetworkFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load =
        move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list(tx, seen.found, &filter, page)?);
    page.of_network(&guard, Op::ListNetworkThemes, InNetwork(network.id), load, |term| {
        (term.created_at, term.id)
    })
    .await
}

pub async fn create(network: PathId, guard: Guard, body: Body<ThemeNetworkCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateThemeNetwork, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(term: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetThemeNetwork, OneThemeNetwork(term.id)).await?;
    answer::record(&found)
}

pub async fn update(
    term: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<ThemeNetworkPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateThemeNetwork, OneThemeNetwork(term.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch)
        })
        .await?;
    answer::record(&updated)
}

pub async fn end(term: PathId, guard: Guard, if_match: IfMatch) -> Result<HttpResponse> {
    guard
        .write(Op::EndThemeNetwork, OneThemeNetwork(term.id), move |tx, seen| {
            super::end(tx, seen.found, &if_match)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
