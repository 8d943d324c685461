//! Pseudonyms over HTTP.

use super::store::{self, OnePseudonym};
use super::types::{Pseudonym, PseudonymCreate, PseudonymPatch};
use crate::access::{Guard, InNetwork, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, NoFilter, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use actix_web::HttpResponse;

pub async fn list(network: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load = |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list(tx, seen.found, page)?);
    let key = |pseudonym: &Pseudonym| (pseudonym.created_at, pseudonym.id);
    list.page.of_caller(&guard, Op::ListPseudonyms, InNetwork(network.id), load, key).await
}

pub async fn create(network: PathId, guard: Guard, body: Body<PseudonymCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreatePseudonym, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(pseudonym: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetPseudonym, OnePseudonym(pseudonym.id)).await?;
    answer::record(&found)
}

pub async fn update(
    pseudonym: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<PseudonymPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdatePseudonym, OnePseudonym(pseudonym.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}
