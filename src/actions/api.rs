//! Actions over HTTP.

use super::store::OneAction;
use super::types::{Action, ActionCreate, ActionFilter, ActionPatch, ActionState, ActionTransition};
use crate::access::{Guard, InCycle, InNetwork, Op, Seen, Tx};
use crate::clock::Instant;
use crate::cycles::rules::CycleState;
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::loops::following::Scope;
use actix_web::HttpResponse;

pub async fn list(cycle: PathId, guard: Guard, list: List<ActionFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<CycleState>, page: &Page| {
        super::list(tx, Scope::from(&seen.found), &filter, page)
    };
    page.of_network(&guard, Op::ListActions, InCycle(cycle.id), load, by_time).await
}

pub async fn list_in_network(
    network: PathId,
    guard: Guard,
    list: List<ActionFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| {
        super::list(tx, Scope::Network(seen.found), &filter, page)
    };
    page.of_network(&guard, Op::ListNetworkActions, InNetwork(network.id), load, by_time).await
}

fn by_time(action: &Action) -> (Instant, Id) {
    (action.happened_at, action.id)
}

pub async fn create(cycle: PathId, guard: Guard, body: Body<ActionCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateAction, InCycle(cycle.id), body, move |tx, seen, body| {
            super::create(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(action: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetAction, OneAction(action.id)).await?;
    answer::record(&found)
}

pub async fn update(
    action: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<ActionPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateAction, OneAction(action.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn transition(
    action: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<ActionTransition>,
) -> Result<HttpResponse> {
    let op =
        if body.ahead().to == ActionState::Withdrawn { Op::WithdrawAction } else { Op::TransitionAction };
    let moved = guard
        .write_from(op, OneAction(action.id), body, move |tx, seen, body| {
            super::transition(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}
