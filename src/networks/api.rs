//! Networks over HTTP.

use super::store::{self, Below, OneNetwork};
use super::types::{NetworkCreate, NetworkMove, NetworkPatch, NetworkTransition};
use crate::access::{Elsewhere, Guard, Op, Place, Server};
use crate::error::{Error, Result};
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, NoFilter};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::practice::dangling;
use actix_web::HttpResponse;

pub async fn list(guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let page = list.page;
    let window = page.clone();
    let rows = guard
        .read(Op::ListNetworks, Server, move |tx, seen| {
            Ok(store::list(tx, seen.standing.person_id, &window)?)
        })
        .await?;
    page.answer(&rows, |network| (network.created_at, network.id))
}

pub async fn create(guard: Guard, body: Body<NetworkCreate>) -> Result<HttpResponse> {
    let parent = body.ahead().parent_id;
    let created = guard
        .write_from(Op::CreateNetwork, Below(parent), body, move |tx, seen, body| {
            super::create(tx, seen.standing.person_id, body)
        })
        .await
        .map_err(|error| match (error, parent) {
            // The parent is named in the body, not in the path.
            (Error::NotFound, Some(id)) => Error::dangling(vec![dangling("parentId", id)]),
            (error, _) => error,
        })?;
    answer::created(&created)
}

pub async fn get(network: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetNetwork, OneNetwork(network.id)).await?;
    answer::record(&found)
}

pub async fn update(
    network: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<NetworkPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateNetwork, OneNetwork(network.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn transition(
    network: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<NetworkTransition>,
) -> Result<HttpResponse> {
    let successor = body.ahead().successor_id.map(|id| Elsewhere {
        member: "successorId",
        place: Place::network(id),
        op: Some(Op::TransitionNetwork),
    });
    let others = successor.into_iter().collect();
    let moved = guard
        .write_across(Op::TransitionNetwork, OneNetwork(network.id), others, body, move |tx, seen, body| {
            super::transition(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}

pub async fn relocate(
    network: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<NetworkMove>,
) -> Result<HttpResponse> {
    // As where a network is made: below one that the actor coordinates, or at the top by an administrator.
    let place = body.ahead().parent_id.map(Place::network).unwrap_or_default();
    let others = vec![
        Elsewhere { member: "parentId", place, op: Some(Op::CreateNetwork) },
        // The server's own row too: moves far apart could otherwise close a circle together.
        Elsewhere { member: "parentId", place: Place::default(), op: None },
    ];
    let moved = guard
        .write_across(Op::MoveNetwork, OneNetwork(network.id), others, body, move |tx, seen, body| {
            super::relocate(tx, seen.found, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}
