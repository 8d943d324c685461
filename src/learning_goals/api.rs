//! Learning goals and evidence over HTTP.

use super::bodies::{EvidenceCreate, GoalCreate, GoalFilter, GoalPatch, GoalTransition};
use super::store::evidence::{self as evidence_store, OneEvidence};
use super::store::{self, OneGoal};
use crate::access::{Guard, InNetwork, Op, Server};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, NoFilter};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use actix_web::HttpResponse;

pub async fn list_mine(guard: Guard, list: List<GoalFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows = guard
        .read(Op::ListMyLearningGoals, Server, move |tx, seen| {
            Ok(store::list_of_person(tx, seen.standing.person_id, &filter, &window)?)
        })
        .await?;
    page.answer(&rows, |goal| (goal.created_at, goal.id))
}

pub async fn create(guard: Guard, body: Body<GoalCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateLearningGoal, Server, body, move |tx, seen, body| {
            super::create(tx, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn list_in_network(network: PathId, guard: Guard, list: List<GoalFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows = guard
        .read(Op::ListLearningGoals, InNetwork(network.id), move |tx, seen| {
            store::list_in_network(tx, seen.standing.person_id, seen.found, &filter, &window)
        })
        .await?;
    page.answer(&rows, |goal| (goal.created_at, goal.id))
}

pub async fn get(goal: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard
        .read(Op::GetLearningGoal, OneGoal(goal.id), |tx, seen| {
            store::shown(tx, seen.standing.person_id, seen.found)
        })
        .await?;
    answer::record(&found)
}

pub async fn update(
    goal: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<GoalPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateLearningGoal, OneGoal(goal.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn transition(
    goal: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<GoalTransition>,
) -> Result<HttpResponse> {
    let moved = guard
        .write_from(Op::TransitionLearningGoal, OneGoal(goal.id), body, move |tx, seen, body| {
            super::transition(tx, seen.found, &seen.standing, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}

pub async fn list_evidence(goal: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let page = list.page;
    let window = page.clone();
    let rows = guard
        .read(Op::ListEvidence, OneGoal(goal.id), move |tx, seen| {
            Ok(evidence_store::list(tx, seen.found.id, &window)?)
        })
        .await?;
    page.answer(&rows, |evidence| (evidence.happened_at, evidence.id))
}

pub async fn create_evidence(goal: PathId, guard: Guard, body: Body<EvidenceCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateEvidence, OneGoal(goal.id), body, move |tx, seen, body| {
            super::add_evidence(tx, &seen.found, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get_evidence(evidence: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetEvidence, OneEvidence(evidence.id)).await?;
    answer::record(&found)
}

pub async fn delete_evidence(evidence: PathId, guard: Guard, if_match: IfMatch) -> Result<HttpResponse> {
    guard
        .write(Op::DeleteEvidence, OneEvidence(evidence.id), move |tx, seen| {
            super::delete_evidence(tx, &seen.found, &if_match)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
