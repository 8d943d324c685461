//! Controllership over HTTP.

use super::types::ControllershipPatch;
use crate::access::{Guard, InNetwork, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Patch;
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use actix_web::HttpResponse;

pub async fn get(network: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard
        .read(Op::GetControllership, InNetwork(network.id), |tx, seen| super::of(tx, seen.found))
        .await?;
    answer::record(&found)
}

pub async fn update(
    network: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<ControllershipPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateControllership, InNetwork(network.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, seen.standing.person_id, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}
