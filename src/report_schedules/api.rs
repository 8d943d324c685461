//! Schedules over HTTP.

use super::store::{self, OneReportSchedule};
use super::types::{ReportSchedule, ReportScheduleCreate, ReportSchedulePatch};
use crate::access::{Guard, InNetwork, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, NoFilter, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use actix_web::HttpResponse;

pub async fn list(network: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load = |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list(tx, seen.found, page)?);
    let key = |schedule: &ReportSchedule| (schedule.created_at, schedule.id);
    list.page.of_network(&guard, Op::ListReportSchedules, InNetwork(network.id), load, key).await
}

pub async fn create(network: PathId, guard: Guard, body: Body<ReportScheduleCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateReportSchedule, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(schedule: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetReportSchedule, OneReportSchedule(schedule.id)).await?;
    answer::record(&found)
}

pub async fn update(
    schedule: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<ReportSchedulePatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(
            Op::UpdateReportSchedule,
            OneReportSchedule(schedule.id),
            patch,
            move |tx, seen, patch| super::update(tx, seen.found, &if_match, patch.clone()),
        )
        .await?;
    answer::record(&updated)
}

pub async fn delete(schedule: PathId, guard: Guard, if_match: IfMatch) -> Result<HttpResponse> {
    guard
        .write(Op::DeleteReportSchedule, OneReportSchedule(schedule.id), move |tx, seen| {
            super::delete(tx, &seen.found, &if_match)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
