//! Co-networks over HTTP.

use super::store::{self, OneCoNetwork};
use super::types::{CoNetworkCreate, CoNetworkMove, CoNetworkPatch, CoNetworkTransition, JointCycleFilter};
use crate::access::{Elsewhere, Guard, InCycle, InNetwork, Op, Place, Seen, Tx};
use crate::cycles;
use crate::cycles::rules::CycleState;
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, NoFilter};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use actix_web::HttpResponse;

pub async fn list(cycle: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let page = list.page;
    let window = page.clone();
    // No validator: a co-network's name may change without this network's knowing.
    let load = move |tx: &mut Tx<'_>, seen: Seen<CycleState>| {
        Ok(store::of_cycle(tx, seen.found.network_id, seen.found.id, &window)?)
    };
    let rows = guard.read(Op::ListCoNetworks, InCycle(cycle.id), load).await?;
    page.answer(&rows, |row| (row.created_at, row.id))
}

pub async fn create(cycle: PathId, guard: Guard, body: Body<CoNetworkCreate>) -> Result<HttpResponse> {
    let place = Place::network(body.ahead().co_network_id);
    let invited = Elsewhere { member: "coNetworkId", place, op: None };
    let created = guard
        .write_across(Op::CreateCoNetwork, InCycle(cycle.id), vec![invited], body, move |tx, seen, body| {
            super::create(tx, &seen.found, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(co_network: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard
        .read(Op::GetCoNetwork, OneCoNetwork(co_network.id), |tx, seen| Ok(store::shown(tx, seen.found)?))
        .await?;
    answer::record(&found)
}

pub async fn update(
    co_network: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<CoNetworkPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateCoNetwork, OneCoNetwork(co_network.id), patch, move |tx, seen, patch| {
            let cycle = cycles::state(tx, seen.found.cycle_id)?;
            super::update(tx, seen.found, &cycle, &if_match, patch)
        })
        .await?;
    answer::record(&updated)
}

pub async fn transition(
    co_network: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<CoNetworkTransition>,
) -> Result<HttpResponse> {
    // The invited answer; either side ends it.
    let op = match body.ahead().to {
        CoNetworkMove::Accepted | CoNetworkMove::Declined => Op::AnswerCoNetwork,
        CoNetworkMove::Ended => Op::TransitionCoNetwork,
    };
    let moved = guard
        .write_from(op, OneCoNetwork(co_network.id), body, move |tx, seen, body| {
            let cycle = cycles::state(tx, seen.found.cycle_id)?;
            super::transition(tx, seen.found, &cycle, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}

pub async fn list_joint_cycles(
    network: PathId,
    guard: Guard,
    list: List<JointCycleFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows = guard
        .read(Op::ListJointCycles, InNetwork(network.id), move |tx, seen| {
            Ok(store::joint_cycles(tx, seen.found, filter.state, &window)?)
        })
        .await?;
    page.answer(&rows, |row| (row.created_at, row.co_network_record_id))
}
