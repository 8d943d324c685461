//! Cycles over HTTP.

use super::Mover;
use super::store::{self, OneCycle};
use super::types::{Cycle, CycleCreate, CycleFilter, CyclePatch, CycleTransition, Phase};
use crate::access::{Guard, InNetwork, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, NoFilter, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::transitions::{self, Transition};
use actix_web::HttpResponse;

pub async fn list(network: PathId, guard: Guard, list: List<CycleFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load =
        move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list(tx, seen.found, &filter, page)?);
    let key = |cycle: &Cycle| (cycle.created_at, cycle.id);
    page.of_network(&guard, Op::ListCycles, InNetwork(network.id), load, key).await
}

pub async fn create(network: PathId, guard: Guard, body: Body<CycleCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateCycle, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(cycle: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetCycle, OneCycle(cycle.id)).await?;
    answer::record(&found)
}

pub async fn update(
    cycle: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<CyclePatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateCycle, OneCycle(cycle.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
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
    // Its own network ends a cycle; those that share it have agreed before.
    let op = match body.ahead().to {
        Phase::Closed | Phase::Abandoned => Op::EndCycle,
        Phase::Plan | Phase::Act | Phase::Observe | Phase::Reflect => Op::TransitionCycle,
    };
    let moved = guard
        .write_from(op, OneCycle(cycle.id), body, move |tx, seen, body| {
            let mover = Mover { person_id: seen.standing.person_id, may_end: seen.may(Op::EndCycle) };
            super::transition(tx, seen.found, &mover, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}

pub async fn list_transitions(cycle: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load = |tx: &mut Tx<'_>, seen: &Seen<Cycle>, page: &Page| {
        transitions::list(tx, seen.found.network_id, seen.found.id, page)
    };
    let key = |transition: &Transition| (transition.created_at, transition.id);
    list.page.of_network(&guard, Op::ListCycleTransitions, OneCycle(cycle.id), load, key).await
}
