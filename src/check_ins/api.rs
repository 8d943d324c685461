//! Check-ins over HTTP.

use super::built_in::{self, BuiltInDefinition};
use super::responses::{CheckInResponseCreate, CheckInResponsePatch};
use super::store::{self, OneCheckIn, OneDefinition, OneResponse};
use super::types::{CheckInClosing, CheckInCreate, CheckInDefinitionCreate, CheckInPatch};
use crate::access::{Guard, InNetwork, Op, Seen, Server, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, NoFilter, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::Serialize;

/// What is built in, in all its versions.
#[derive(Serialize, JsonSchema)]
pub struct BuiltInDefinitions {
    pub items: &'static [BuiltInDefinition],
}

pub async fn list_built_in(guard: Guard) -> Result<HttpResponse> {
    guard.read(Op::ListCheckInDefinitions, Server, |_, _| Ok(())).await?;
    answer::value(&BuiltInDefinitions { items: built_in::all() })
}

pub async fn list_definitions(network: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load =
        |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list_definitions(tx, seen.found, page)?);
    list.page
        .of_network(&guard, Op::ListNetworkCheckInDefinitions, InNetwork(network.id), load, |definition| {
            (definition.created_at, definition.id)
        })
        .await
}

pub async fn create_definition(
    network: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<CheckInDefinitionCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateCheckInDefinition, InNetwork(network.id), body, move |tx, seen, body| {
            super::define(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get_definition(definition: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetCheckInDefinition, OneDefinition(definition.id)).await?;
    answer::record(&found)
}

pub async fn list(network: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load = |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list(tx, seen.found, page)?);
    list.page
        .of_network(&guard, Op::ListCheckIns, InNetwork(network.id), load, |check_in| {
            (check_in.created_at, check_in.id)
        })
        .await
}

pub async fn create(network: PathId, guard: Guard, body: Body<CheckInCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateCheckIn, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(check_in: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetCheckIn, OneCheckIn(check_in.id)).await?;
    answer::record(&found)
}

pub async fn update(
    check_in: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<CheckInPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateCheckIn, OneCheckIn(check_in.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn transition(
    check_in: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<CheckInClosing>,
) -> Result<HttpResponse> {
    let closed = guard
        .write_from(Op::TransitionCheckIn, OneCheckIn(check_in.id), body, move |tx, seen, body| {
            super::close(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&closed)
}

pub async fn form(check_in: PathId, guard: Guard) -> Result<HttpResponse> {
    let form = guard
        .read(Op::GetCheckInForm, OneCheckIn(check_in.id), |tx, seen| super::form(tx, &seen.found))
        .await?;
    answer::value(&form)
}

pub async fn list_responses(check_in: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let page = list.page;
    let window = page.clone();
    let rows = guard
        .read(Op::ListCheckInResponses, OneCheckIn(check_in.id), move |tx, seen| {
            Ok(store::list_own(tx, &seen.found, seen.standing.person_id, &window)?)
        })
        .await?;
    page.answer(&rows, |response| (response.created_at, response.id))
}

pub async fn respond(
    check_in: PathId,
    guard: Guard,
    body: Body<CheckInResponseCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateCheckInResponse, OneCheckIn(check_in.id), body, move |tx, seen, body| {
            super::respond(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get_response(response: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetCheckInResponse, OneResponse(response.id)).await?;
    answer::record(&found)
}

pub async fn correct(
    response: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<CheckInResponsePatch>,
) -> Result<HttpResponse> {
    let corrected = guard
        .write_from(Op::UpdateCheckInResponse, OneResponse(response.id), patch, move |tx, seen, patch| {
            super::correct(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&corrected)
}

pub async fn results(check_in: PathId, guard: Guard) -> Result<HttpResponse> {
    let results = guard
        .read(Op::GetCheckInResults, OneCheckIn(check_in.id), |tx, seen| super::results(tx, &seen.found))
        .await?;
    answer::value(&results)
}

pub async fn course(network: PathId, guard: Guard) -> Result<HttpResponse> {
    let course = guard
        .read(Op::GetCheckInCourse, InNetwork(network.id), |tx, seen| super::course(tx, seen.found))
        .await?;
    answer::value(&course)
}
