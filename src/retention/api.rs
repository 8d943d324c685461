//! Retention over HTTP.

use super::store::{self, OneRetentionRun};
use super::types::{DueFilter, DueRecord, Removal, RetentionPolicyPatch, RetentionRun, RetentionRunCreate};
use crate::access::{Guard, InNetwork, Op, Seen, Tx};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, NoFilter, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use actix_web::HttpResponse;

pub async fn get_policy(network: PathId, guard: Guard) -> Result<HttpResponse> {
    let policy = guard
        .read(Op::GetRetentionPolicy, InNetwork(network.id), |tx, seen| super::policy(tx, seen.found))
        .await?;
    answer::record(&policy)
}

pub async fn update_policy(
    network: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<RetentionPolicyPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateRetentionPolicy, InNetwork(network.id), patch, move |tx, seen, patch| {
            super::update_policy(tx, seen.found, seen.standing.person_id, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn list_runs(network: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load = |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list_runs(tx, seen.found, page)?);
    let key = |run: &RetentionRun| (run.created_at, run.id);
    list.page.of_caller(&guard, Op::ListRetentionRuns, InNetwork(network.id), load, key).await
}

pub async fn create_run(
    network: PathId,
    guard: Guard,
    body: Body<RetentionRunCreate>,
) -> Result<HttpResponse> {
    let (dry_run, at) = (body.ahead().dry_run == Some(true), InNetwork(network.id));
    let work = move |tx: &mut Tx<'_>, seen: Seen<Id>, body: &RetentionRunCreate| {
        super::ask(tx, seen.found, seen.standing.person_id, body)
    };
    if dry_run {
        let told = guard.rehearse_from(Op::CreateRetentionRun, at, body, work).await?;
        return answer::record(&told.value.record);
    }
    answer::created(&guard.write_from(Op::CreateRetentionRun, at, body, work).await?)
}

pub async fn get_run(run: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetRetentionRun, OneRetentionRun(run.id)).await?;
    answer::record(&found)
}

pub async fn list_removals(network: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load =
        |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list_removals(tx, seen.found, page)?);
    let key = |removal: &Removal| (removal.removed_at, removal.id);
    list.page.of_caller(&guard, Op::ListRemovals, InNetwork(network.id), load, key).await
}

/// The records that are due. They are found as a run finds them, by a rehearsal of it.
pub async fn list_due(network: PathId, guard: Guard, list: List<DueFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let (after, most) = (page.after.map(|(_, id)| id), page.fetch());
    let rows = guard
        .rehearse(Op::ListDueRecords, InNetwork(network.id), move |tx, seen| {
            super::due_records(tx, seen.found, filter.kind, after, most)
        })
        .await?;
    let epoch = Instant::from_micros(0).ok_or_else(|| Error::internal("no epoch"))?;
    page.answer(&rows, |due: &DueRecord| (epoch, due.id))
}
