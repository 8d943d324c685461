//! Observations over HTTP.

use super::store::OneObservation;
use super::types::{
    Observation, ObservationCreate, ObservationFilter, ObservationMove, ObservationPatch, ObservationState,
    ObservationTransition,
};
use crate::access::{Elsewhere, Guard, InCycle, InNetwork, Op, Place, Seen, Tx};
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

pub async fn list_in_cycle(
    cycle: PathId,
    guard: Guard,
    list: List<ObservationFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<CycleState>, page: &Page| {
        super::list(tx, Scope::from(&seen.found), &filter, page)
    };
    page.of_network(&guard, Op::ListCycleObservations, InCycle(cycle.id), load, by_time).await
}

pub async fn list_in_network(
    network: PathId,
    guard: Guard,
    list: List<ObservationFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| {
        super::list(tx, Scope::Network(seen.found), &filter, page)
    };
    page.of_network(&guard, Op::ListNetworkObservations, InNetwork(network.id), load, by_time).await
}

fn by_time(observation: &Observation) -> (Instant, Id) {
    (observation.happened_at, observation.id)
}

pub async fn create_in_cycle(
    cycle: PathId,
    guard: Guard,
    body: Body<ObservationCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateObservation, InCycle(cycle.id), body, move |tx, seen, body| {
            super::create(tx, seen.found.network_id, Some(&seen.found), seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn create_in_inbox(
    network: PathId,
    guard: Guard,
    body: Body<ObservationCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateInboxObservation, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, None, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(observation: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetObservation, OneObservation(observation.id)).await?;
    answer::record(&found)
}

pub async fn update(
    observation: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<ObservationPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateObservation, OneObservation(observation.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn transition(
    observation: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<ObservationTransition>,
) -> Result<HttpResponse> {
    // Closing is a matter of the cycle's guides too; withdrawing and restoring are not.
    let op = match body.ahead().to {
        ObservationState::Closed => Op::TransitionObservation,
        ObservationState::Withdrawn | ObservationState::Logged => Op::WithdrawObservation,
    };
    let moved = guard
        .write_from(op, OneObservation(observation.id), body, move |tx, seen, body| {
            super::transition(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}

pub async fn relocate(
    observation: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<ObservationMove>,
) -> Result<HttpResponse> {
    let place = match body.ahead().cycle_id {
        Some(cycle_id) => Place::cycle(body.ahead().network_id, cycle_id),
        None => Place::network(body.ahead().network_id),
    };
    let moved = guard
        .write_across(
            Op::MoveObservation,
            OneObservation(observation.id),
            vec![Elsewhere { member: "networkId", place, op: Some(Op::CreateObservation) }],
            body,
            move |tx, seen, body| super::relocate(tx, seen, &if_match, body),
        )
        .await?;
    answer::record(&moved)
}
