//! Adoptions, and the ledger of an insight, over HTTP.

use super::store::{self, OneAdoption};
use super::types::{AdoptionCreate, AdoptionFilter, AdoptionPatch, LedgerFilter, ListedAdoption};
use crate::access::{Guard, InNetwork, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::List;
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::insights::OneInsight;
use actix_web::HttpResponse;

pub async fn list(network: PathId, guard: Guard, list: List<AdoptionFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows = guard
        .read(Op::ListAdoptions, InNetwork(network.id), move |tx, seen| {
            Ok(store::list(tx, seen.found, &filter, &window)?)
        })
        .await?;
    let listed: Vec<ListedAdoption> = rows
        .into_iter()
        .map(|(adoption, insight_state)| ListedAdoption { adoption, insight_state })
        .collect();
    page.answer(&listed, |listed| (listed.adoption.created_at, listed.adoption.id))
}

pub async fn create(network: PathId, guard: Guard, body: Body<AdoptionCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateAdoption, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(adoption: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetAdoption, OneAdoption(adoption.id)).await?;
    answer::record(&found)
}

pub async fn update(
    adoption: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<AdoptionPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateAdoption, OneAdoption(adoption.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn ledger(insight: PathId, guard: Guard, list: List<LedgerFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows = guard
        .read(Op::ListInsightAdoptions, OneInsight(insight.id), move |tx, seen| {
            Ok(store::ledger(tx, seen.found.id, &filter, &window)?)
        })
        .await?;
    page.answer(&rows, |entry| (entry.created_at, entry.adoption_id))
}
