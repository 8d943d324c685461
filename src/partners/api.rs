//! Partners over HTTP.

use super::store::{self, OnePartner};
use super::types::{PartnerCreate, PartnerFilter, PartnerPatch};
use crate::access::{Guard, InNetwork, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use actix_web::HttpResponse;

pub async fn list(network: PathId, guard: Guard, list: List<PartnerFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load =
        move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list(tx, seen.found, &filter, page)?);
    page.of_network(&guard, Op::ListPartners, InNetwork(network.id), load, |partner| {
        (partner.created_at, partner.id)
    })
    .await
}

pub async fn create(network: PathId, guard: Guard, body: Body<PartnerCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreatePartner, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(partner: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetPartner, OnePartner(partner.id)).await?;
    answer::record(&found)
}

pub async fn update(
    partner: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<PartnerPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdatePartner, OnePartner(partner.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch)
        })
        .await?;
    answer::record(&updated)
}

pub async fn end(partner: PathId, guard: Guard, if_match: IfMatch) -> Result<HttpResponse> {
    guard
        .write(Op::EndPartner, OnePartner(partner.id), move |tx, seen| super::end(tx, seen.found, &if_match))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
