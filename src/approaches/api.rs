//! Approaches and their versions over HTTP.

use super::store::{self, OneApproach, OneVersion};
use super::types::{Approach, ApproachCreate, ApproachPatch, ApproachVersionCreate};
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
    list.page
        .of_network(&guard, Op::ListApproaches, InNetwork(network.id), load, |approach| {
            (approach.created_at, approach.id)
        })
        .await
}

pub async fn create(network: PathId, guard: Guard, body: Body<ApproachCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateApproach, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(approach: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetApproach, OneApproach(approach.id)).await?;
    answer::record(&found)
}

pub async fn update(
    approach: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<ApproachPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateApproach, OneApproach(approach.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn list_versions(approach: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load = |tx: &mut Tx<'_>, seen: &Seen<Approach>, page: &Page| {
        Ok(store::list_versions(tx, &seen.found, page)?)
    };
    list.page
        .of_network(&guard, Op::ListApproachVersions, OneApproach(approach.id), load, |version| {
            (version.created_at, version.id)
        })
        .await
}

pub async fn create_version(
    approach: PathId,
    guard: Guard,
    body: Body<ApproachVersionCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateApproachVersion, OneApproach(approach.id), body, move |tx, seen, body| {
            super::create_version(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get_version(version: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetApproachVersion, OneVersion(version.id)).await?;
    answer::record(&found)
}

pub async fn outcomes(approach: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load =
        |tx: &mut Tx<'_>, seen: &Seen<Approach>, page: &Page| Ok(store::outcomes(tx, &seen.found, page)?);
    list.page
        .of_network(&guard, Op::ListApproachOutcomes, OneApproach(approach.id), load, |outcome| {
            (outcome.created_at, outcome.approach_version_id)
        })
        .await
}
