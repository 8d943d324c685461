//! Cycles over HTTP.

use super::store::{self, OneCycle};
use super::types::{CycleCreate, CycleFilter, CyclePatch, CycleTransition};
use crate::access::{Guard, InNetwork, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{self, List, NoFilter};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::transitions;
use actix_web::{HttpRequest, HttpResponse};

pub async fn list(
    network: PathId,
    guard: Guard,
    list: List<CycleFilter>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows = guard
        .read(Op::ListCycles, InNetwork(network.id), move |tx, seen| {
            Ok(store::list(tx, seen.found, &filter, &window)?)
        })
        .await?;
    page::answer(&request, &page, &rows, |cycle| (cycle.created_at, cycle.id))
}

pub async fn create(network: PathId, guard: Guard, body: Body<CycleCreate>) -> Result<HttpResponse> {
    let created = guard
        .write(Op::CreateCycle, InNetwork(network.id), move |tx, seen| {
            super::create(tx, seen.found, seen.standing.person_id, &body.0)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(cycle: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.read(Op::GetCycle, OneCycle(cycle.id), |_, seen| Ok(seen.found)).await?;
    answer::record(&found)
}

pub async fn update(
    cycle: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<CyclePatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write(Op::UpdateCycle, OneCycle(cycle.id), move |tx, seen| {
            super::update(tx, seen.found, &if_match, patch.0.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn transition(
    cycle: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<CycleTransition>,
) -> Result<HttpResponse> {
    let moved = guard
        .write(Op::TransitionCycle, OneCycle(cycle.id), move |tx, seen| {
            super::transition(tx, seen.found, seen.standing.person_id, &if_match, &body.0)
        })
        .await?;
    answer::record(&moved)
}

pub async fn list_transitions(
    cycle: PathId,
    guard: Guard,
    list: List<NoFilter>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let page = list.page;
    let window = page.clone();
    let rows = guard
        .read(Op::ListCycleTransitions, OneCycle(cycle.id), move |tx, seen| {
            transitions::list(tx, seen.found.network_id, seen.found.id, &window)
        })
        .await?;
    page::answer(&request, &page, &rows, |transition| (transition.created_at, transition.id))
}
