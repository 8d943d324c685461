//! Privacy policies over HTTP.

use super::types::{PrivacyPolicy, PrivacyPolicyPatch};
use crate::access::{Guard, InNetwork, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Patch;
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use actix_web::HttpResponse;

pub async fn get(network: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard
        .read(Op::GetPrivacyPolicy, InNetwork(network.id), |tx, seen| {
            Ok(PrivacyPolicy::from(&super::of_network(tx, seen.found)?))
        })
        .await?;
    answer::record(&found)
}

pub async fn update(
    network: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<PrivacyPolicyPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdatePrivacyPolicy, InNetwork(network.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}
