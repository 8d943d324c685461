//! Insights over HTTP.

use super::reading::ReadInsight;
use super::store::{self, OneInsight};
use super::types::{
    Audience, Insight, InsightCreate, InsightFilter, InsightMove, InsightPatch, InsightSources,
    InsightTransition, NetworkInsightFilter,
};
use crate::access::{Guard, InCycle, InNetwork, Op, Server, Standing};
use crate::cells::Side;
use crate::clock::Instant;
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::List;
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::record::{Created, Record};
use actix_web::HttpResponse;

fn key(insight: &ReadInsight) -> (Instant, Id) {
    (insight.created_at(), insight.id())
}

/// As it is read by one who stands so towards it.
fn read(standing: &Standing, insight: Insight) -> ReadInsight {
    let side = if standing.member.is_some() { Side::Inside } else { Side::Outside };
    ReadInsight::from(side, insight)
}

pub async fn list(guard: Guard, list: List<InsightFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows: Vec<ReadInsight> = guard
        .read(Op::ListInsights, Server, move |tx, seen| {
            let person_id = seen.standing.person_id;
            let mine = tx.networks_of(person_id)?;
            let side = |id| if mine.contains(&id) { Side::Inside } else { Side::Outside };
            let found = store::list(tx, person_id, &filter, &window)?;
            Ok(found
                .into_iter()
                .map(|insight| ReadInsight::from(side(insight.network_id), insight))
                .collect())
        })
        .await?;
    page.answer(&rows, key)
}

pub async fn list_of_network(
    network: PathId,
    guard: Guard,
    list: List<NetworkInsightFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows: Vec<ReadInsight> = guard
        .read(Op::ListNetworkInsights, InNetwork(network.id), move |tx, seen| {
            let found = store::list_of_network(tx, seen.found, seen.standing.person_id, &filter, &window)?;
            Ok(found.into_iter().map(|insight| read(&seen.standing, insight)).collect())
        })
        .await?;
    page.answer(&rows, key)
}

pub async fn create(cycle: PathId, guard: Guard, body: Body<InsightCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateInsight, InCycle(cycle.id), body, move |tx, seen, body| {
            let Created { record, fresh } = super::create(tx, &seen.found, seen.standing.person_id, body)?;
            Ok(Created { record: read(&seen.standing, record), fresh })
        })
        .await?;
    answer::created(&created)
}

pub async fn get(insight: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard
        .read(Op::GetInsight, OneInsight(insight.id), |_, seen| Ok(read(&seen.standing, seen.found)))
        .await?;
    answer::record(&found)
}

pub async fn update(
    insight: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<InsightPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateInsight, OneInsight(insight.id), patch, move |tx, seen, patch| {
            let updated = super::update(tx, seen.found, &if_match, patch.clone())?;
            Ok(read(&seen.standing, updated))
        })
        .await?;
    answer::record(&updated)
}

pub async fn delete(insight: PathId, guard: Guard, if_match: IfMatch) -> Result<HttpResponse> {
    guard
        .write(Op::DeleteInsight, OneInsight(insight.id), move |tx, seen| {
            super::delete(tx, &seen.found, &if_match)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

pub async fn transition(
    insight: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<InsightTransition>,
) -> Result<HttpResponse> {
    // An author shows it to the network; what leaves the network is a matter of its guides.
    let op = match (body.ahead().to, body.ahead().audience) {
        (InsightMove::Withdrawn, _) => Op::WithdrawInsight,
        (InsightMove::Shared, Some(Audience::Lineage | Audience::Commons)) => Op::ShareInsight,
        (InsightMove::Shared, Some(Audience::Network) | None) => Op::TransitionInsight,
    };
    let moved = guard
        .write_from(op, OneInsight(insight.id), body, move |tx, seen, body| {
            let moved = super::transition(tx, seen.found, seen.standing.person_id, &if_match, body)?;
            Ok(read(&seen.standing, moved))
        })
        .await?;
    answer::record(&moved)
}

pub async fn sources(insight: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetInsightSources, OneInsight(insight.id)).await?;
    answer::value(&InsightSources {
        insight_id: found.id,
        reflection_ids: found.reflection_ids.0,
        evaluation_ids: found.evaluation_ids.0,
        created_by: found.created_by,
    })
}
