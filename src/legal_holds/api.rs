//! Legal holds over HTTP.

use super::store::{self, OneLegalHold};
use super::types::{LegalHold, LegalHoldCreate, LegalHoldFilter, LegalHoldTransition};
use crate::access::{Guard, InNetwork, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::{List, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use actix_web::HttpResponse;

pub async fn list(network: PathId, guard: Guard, list: List<LegalHoldFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load =
        move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list(tx, seen.found, &filter, page)?);
    let key = |hold: &LegalHold| (hold.created_at, hold.id);
    page.of_caller(&guard, Op::ListLegalHolds, InNetwork(network.id), load, key).await
}

pub async fn create(network: PathId, guard: Guard, body: Body<LegalHoldCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateLegalHold, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(hold: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetLegalHold, OneLegalHold(hold.id)).await?;
    answer::record(&found)
}

pub async fn transition(
    hold: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<LegalHoldTransition>,
) -> Result<HttpResponse> {
    let moved = guard
        .write_from(Op::TransitionLegalHold, OneLegalHold(hold.id), body, move |tx, seen, body| {
            super::lift(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}
