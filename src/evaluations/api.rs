//! Evaluations over HTTP.

use super::store::{self, ActionKey, OfAction, OneEvaluation};
use super::types::{Evaluation, EvaluationCreate};
use crate::access::{Guard, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::{List, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::practice::{RecordState, StateFilter, Withdrawal};
use actix_web::HttpResponse;

pub async fn list(action: PathId, guard: Guard, list: List<StateFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let state = filter.state.unwrap_or(RecordState::Current);
    let load = move |tx: &mut Tx<'_>, seen: &Seen<ActionKey>, page: &Page| {
        Ok(store::list(tx, &seen.found, state, page)?)
    };
    let key = |evaluation: &Evaluation| (evaluation.happened_at, evaluation.id);
    page.of_network(&guard, Op::ListEvaluations, OfAction(action.id), load, key).await
}

pub async fn create(action: PathId, guard: Guard, body: Body<EvaluationCreate>) -> Result<HttpResponse> {
    let created = guard
        .write(Op::CreateEvaluation, OfAction(action.id), move |tx, seen| {
            super::create(tx, &seen.found, seen.standing.person_id, &body.0)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(evaluation: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.read(Op::GetEvaluation, OneEvaluation(evaluation.id), |_, seen| Ok(seen.found)).await?;
    answer::record(&found)
}

pub async fn transition(
    evaluation: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<Withdrawal>,
) -> Result<HttpResponse> {
    let moved = guard
        .write(Op::TransitionEvaluation, OneEvaluation(evaluation.id), move |tx, seen| {
            super::withdraw(tx, seen.found, seen.standing.person_id, &if_match, &body.0)
        })
        .await?;
    answer::record(&moved)
}
