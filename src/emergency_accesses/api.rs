//! Emergency accesses over HTTP.

use super::store::{self, BehindGlass, OneEmergencyAccess};
use super::types::{EmergencyAccess, EmergencyAccessCreate, EmergencyAccessTransition};
use crate::access::{Guard, InNetwork, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::{List, NoFilter, Page};
use crate::http::path::PathId;
use crate::ids::Id;
use actix_web::HttpResponse;

pub async fn list(network: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load = |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list(tx, seen.found, page)?);
    let key = |access: &EmergencyAccess| (access.created_at, access.id);
    list.page.of_network(&guard, Op::ListEmergencyAccesses, InNetwork(network.id), load, key).await
}

pub async fn create(
    network: PathId,
    guard: Guard,
    body: Body<EmergencyAccessCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateEmergencyAccess, BehindGlass(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(access: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetEmergencyAccess, OneEmergencyAccess(access.id)).await?;
    answer::record(&found)
}

pub async fn transition(
    access: PathId,
    guard: Guard,
    body: Body<EmergencyAccessTransition>,
) -> Result<HttpResponse> {
    let ended = guard
        .write_from(
            Op::TransitionEmergencyAccess,
            OneEmergencyAccess(access.id),
            body,
            move |tx, seen, body| super::transition(tx, seen.found, seen.standing.person_id, body),
        )
        .await?;
    answer::record(&ended)
}
