//! Statements and endorsements over HTTP.

use super::endorsements;
use super::store::endorsements::{self as endorsement_store, OneEndorsement};
use super::store::{self, OneStatement};
use super::types::{EndorsementCreate, StatementCreate, StatementFilter, StatementPatch};
use crate::access::{Guard, InNetwork, Op, Server};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, NoFilter};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use actix_web::HttpResponse;

pub async fn list_mine(guard: Guard, list: List<StatementFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows = guard
        .read(Op::ListMyCompetences, Server, move |tx, seen| {
            Ok(store::list_of_person(tx, seen.standing.person_id, &filter, &window)?)
        })
        .await?;
    page.answer(&rows, |statement| (statement.created_at, statement.id))
}

pub async fn create(guard: Guard, body: Body<StatementCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateCompetenceStatement, Server, body, move |tx, seen, body| {
            super::create(tx, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn list_in_network(
    network: PathId,
    guard: Guard,
    list: List<StatementFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows = guard
        .read(Op::ListCompetenceStatements, InNetwork(network.id), move |tx, seen| {
            Ok(store::list_in_network(tx, seen.found, &filter, &window)?)
        })
        .await?;
    page.answer(&rows, |statement| (statement.created_at, statement.id))
}

pub async fn get(statement: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard
        .read(Op::GetCompetenceStatement, OneStatement(statement.id), |tx, seen| {
            Ok(store::shown(tx, seen.found)?)
        })
        .await?;
    answer::record(&found)
}

pub async fn update(
    statement: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<StatementPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(
            Op::UpdateCompetenceStatement,
            OneStatement(statement.id),
            patch,
            move |tx, seen, patch| super::update(tx, seen.found, &if_match, patch.clone()),
        )
        .await?;
    answer::record(&updated)
}

pub async fn delete(statement: PathId, guard: Guard, if_match: IfMatch) -> Result<HttpResponse> {
    guard
        .write(Op::DeleteCompetenceStatement, OneStatement(statement.id), move |tx, seen| {
            super::delete(tx, seen.found, &if_match)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

pub async fn list_endorsements(
    statement: PathId,
    guard: Guard,
    list: List<NoFilter>,
) -> Result<HttpResponse> {
    let page = list.page;
    let window = page.clone();
    let rows = guard
        .read(Op::ListEndorsements, OneStatement(statement.id), move |tx, seen| {
            Ok(endorsement_store::list(tx, seen.standing.person_id, &seen.found, &window)?)
        })
        .await?;
    page.answer(&rows, |endorsement| (endorsement.created_at, endorsement.id))
}

pub async fn create_endorsement(
    statement: PathId,
    guard: Guard,
    body: Body<EndorsementCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateEndorsement, OneStatement(statement.id), body, move |tx, seen, body| {
            endorsements::create(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get_endorsement(endorsement: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard
        .read(Op::GetEndorsement, OneEndorsement(endorsement.id), |tx, seen| {
            Ok(endorsement_store::shown(tx, seen.found)?)
        })
        .await?;
    answer::record(&found)
}

pub async fn delete_endorsement(
    endorsement: PathId,
    guard: Guard,
    if_match: IfMatch,
) -> Result<HttpResponse> {
    guard
        .write(Op::DeleteEndorsement, OneEndorsement(endorsement.id), move |tx, seen| {
            endorsements::delete(tx, seen.found, &if_match)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
