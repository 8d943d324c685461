//! Guarded names over HTTP.

use super::store::{self, OneGuardedName};
use super::types::{GuardedName, GuardedNameCreate};
use crate::access::{Guard, InNetwork, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::{List, NoFilter};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use actix_web::HttpResponse;

/// Nothing of it is kept to be sent again: it is personal data.
pub async fn list(network: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let page = list.page;
    let window = page.clone();
    let names: Vec<GuardedName> = guard
        .read(Op::ListGuardedNames, InNetwork(network.id), move |tx, seen| {
            Ok(store::list(tx, seen.found, &window)?)
        })
        .await?;
    page.answer(&names, |name| (name.created_at, name.id))
}

pub async fn create(network: PathId, guard: Guard, body: Body<GuardedNameCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateGuardedName, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(name: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetGuardedName, OneGuardedName(name.id)).await?;
    answer::record(&found)
}

pub async fn delete(name: PathId, guard: Guard, if_match: IfMatch) -> Result<HttpResponse> {
    guard
        .write(Op::DeleteGuardedName, OneGuardedName(name.id), move |tx, seen| {
            super::delete(tx, &seen.found, &if_match)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
