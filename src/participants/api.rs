//! Participants over HTTP.

use super::store::{self, OneParticipant};
use super::types::{ParticipantCreate, ParticipantPatch};
use crate::access::{Guard, InCycle, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, NoFilter};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::people;
use actix_web::HttpResponse;

pub async fn list(cycle: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let page = list.page;
    let window = page.clone();
    let rows = guard
        .read(Op::ListParticipants, InCycle(cycle.id), move |tx, seen| {
            Ok(store::list(tx, &seen.found, &window)?)
        })
        .await?;
    page.answer(&rows, |participant| (participant.created_at, participant.id))
}

pub async fn create(cycle: PathId, guard: Guard, body: Body<ParticipantCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateParticipant, InCycle(cycle.id), body, move |tx, seen, body| {
            let known = people::may_be_let_in(tx, &seen.standing, body.person_id)?;
            super::create(tx, &seen.found, seen.standing.archived, body, known)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(participant: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard
        .read(Op::GetParticipant, OneParticipant(participant.id), |tx, seen| {
            Ok(store::shown(tx, seen.found)?)
        })
        .await?;
    answer::record(&found)
}

pub async fn update(
    participant: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<ParticipantPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateParticipant, OneParticipant(participant.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn end(participant: PathId, guard: Guard, if_match: IfMatch) -> Result<HttpResponse> {
    guard
        .write(Op::EndParticipant, OneParticipant(participant.id), move |tx, seen| {
            super::end(tx, seen.found, &if_match)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
