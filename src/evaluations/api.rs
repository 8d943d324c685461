//! Evaluations over HTTP.

use super::store::{self, ActionKey, OfAction, OneEvaluation};
use super::types::{Evaluation, EvaluationCreate, EvaluationFilter};
use crate::access::{Guard, InCycle, InNetwork, Op, Seen, Tx};
use crate::clock::Instant;
use crate::cycles::rules::CycleState;
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::{List, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::loops::following::Scope;
use crate::practice::{RecordState, StateFilter, Withdrawal};
use actix_web::HttpResponse;

pub async fn list(action: PathId, guard: Guard, list: List<StateFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let state = filter.state.unwrap_or(RecordState::Current);
    let load = move |tx: &mut Tx<'_>, seen: &Seen<ActionKey>, page: &Page| {
        Ok(store::list(tx, &seen.found, state, page)?)
    };
    page.of_network(&guard, Op::ListEvaluations, OfAction(action.id), load, by_time).await
}

pub async fn list_in_cycle(
    cycle: PathId,
    guard: Guard,
    list: List<EvaluationFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<CycleState>, page: &Page| {
        super::list(tx, Scope::from(&seen.found), &filter, page)
    };
    page.of_network(&guard, Op::ListCycleEvaluations, InCycle(cycle.id), load, by_time).await
}

pub async fn list_in_network(
    network: PathId,
    guard: Guard,
    list: List<EvaluationFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| {
        super::list(tx, Scope::Network(seen.found), &filter, page)
    };
    page.of_network(&guard, Op::ListNetworkEvaluations, InNetwork(network.id), load, by_time).await
}

fn by_time(evaluation: &Evaluation) -> (Instant, Id) {
    (evaluation.happened_at, evaluation.id)
}

pub async fn create(action: PathId, guard: Guard, body: Body<EvaluationCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateEvaluation, OfAction(action.id), body, move |tx, seen, body| {
            super::create(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(evaluation: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetEvaluation, OneEvaluation(evaluation.id)).await?;
    answer::record(&found)
}

pub async fn transition(
    evaluation: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<Withdrawal>,
) -> Result<HttpResponse> {
    let moved = guard
        .write_from(Op::TransitionEvaluation, OneEvaluation(evaluation.id), body, move |tx, seen, body| {
            super::withdraw(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}
