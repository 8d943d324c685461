//! API keys over HTTP.

use super::store::{self, OneApiKey};
use super::types::{ApiKeyCreate, ApiKeyFilter};
use crate::access::{Elsewhere, Guard, InNetwork, Op, Place};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::List;
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use actix_web::HttpResponse;

pub async fn list(network: PathId, guard: Guard, list: List<ApiKeyFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows = guard
        .read(Op::ListApiKeys, InNetwork(network.id), move |tx, seen| {
            Ok(store::list(tx, seen.found, &filter, &window)?)
        })
        .await?;
    page.answer(&rows, |key| (key.created_at, key.id))
}

pub async fn create(network: PathId, guard: Guard, body: Body<ApiKeyCreate>) -> Result<HttpResponse> {
    // Its account belongs to no network.
    let server = Elsewhere { member: "", place: Place::default(), op: None };
    let created = guard
        .write_across(Op::CreateApiKey, InNetwork(network.id), vec![server], body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(key: PathId, guard: Guard) -> Result<HttpResponse> {
    let found =
        guard.read(Op::GetApiKey, OneApiKey(key.id), |tx, seen| Ok(store::shown(tx, seen.found)?)).await?;
    answer::record(&found)
}

pub async fn revoke(key: PathId, guard: Guard, if_match: IfMatch) -> Result<HttpResponse> {
    guard
        .write(Op::RevokeApiKey, OneApiKey(key.id), move |tx, seen| super::revoke(tx, seen.found, &if_match))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
