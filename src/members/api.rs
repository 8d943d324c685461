//! Members over HTTP.

use super::store::{self, OneMember};
use super::types::{HandOver, MemberCreate, MemberPatch};
use crate::access::{Guard, InNetwork, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, NoFilter, Query};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::people;
use actix_web::HttpResponse;

pub async fn list(network: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let page = list.page;
    let window = page.clone();
    let rows = guard
        .read(Op::ListMembers, InNetwork(network.id), move |tx, seen| {
            Ok(store::list(tx, seen.found, &window)?)
        })
        .await?;
    page.answer(&rows, |member| (member.created_at, member.id))
}

pub async fn create(network: PathId, guard: Guard, body: Body<MemberCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateMember, InNetwork(network.id), body, move |tx, seen, body| {
            let known = people::may_be_let_in(tx, &seen.standing, body.person_id)?;
            super::create(tx, seen.found, body, known)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(member: PathId, guard: Guard) -> Result<HttpResponse> {
    let found =
        guard.read(Op::GetMember, OneMember(member.id), |tx, seen| Ok(store::shown(tx, seen.found)?)).await?;
    answer::record(&found)
}

pub async fn update(
    member: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<MemberPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateMember, OneMember(member.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn end(
    member: PathId,
    guard: Guard,
    if_match: IfMatch,
    query: Query<HandOver>,
) -> Result<HttpResponse> {
    guard
        .write(Op::EndMember, OneMember(member.id), move |tx, seen| {
            super::end(tx, seen, &if_match, query.0.hand_over_to)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
