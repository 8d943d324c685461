//! Evaluations over HTTP.

use super::store::{self, OfAction, OneEvaluation};
use super::types::EvaluationCreate;
use crate::access::{Guard, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::{self, List};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::practice::{RecordState, StateFilter, Withdrawal};
use actix_web::{HttpRequest, HttpResponse};

pub async fn list(
    action: PathId,
    guard: Guard,
    list: List<StateFilter>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let (state, window) = (filter.state.unwrap_or(RecordState::Current), page.clone());
    let rows = guard
        .read(Op::ListEvaluations, OfAction(action.id), move |tx, seen| {
            Ok(store::list(tx, &seen.found, state, &window)?)
        })
        .await?;
    page::answer(&request, &page, &rows, |evaluation| (evaluation.happened_at, evaluation.id))
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
