//! The catalogue over HTTP.

use super::store::{self, OneCompetence};
use super::types::{CompetenceCreate, CompetenceFilter, CompetencePatch};
use crate::access::{Guard, InNetwork, Op, Server};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::List;
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use actix_web::HttpResponse;

pub async fn list(guard: Guard, list: List<CompetenceFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows = guard
        .read(Op::ListCompetences, Server, move |tx, seen| {
            Ok(store::list(tx, seen.standing.person_id, &filter, &window)?)
        })
        .await?;
    page.answer(&rows, |competence| (competence.created_at, competence.id))
}

pub async fn create(guard: Guard, body: Body<CompetenceCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateCompetence, Server, body, move |tx, seen, body| {
            super::create(tx, None, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn create_in_network(
    network: PathId,
    guard: Guard,
    body: Body<CompetenceCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateNetworkCompetence, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, Some(seen.found), seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(competence: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetCompetence, OneCompetence(competence.id)).await?;
    answer::record(&found)
}

pub async fn update(
    competence: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<CompetencePatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateCompetence, OneCompetence(competence.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}
