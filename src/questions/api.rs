//! Questions and returns over HTTP.

use super::returns;
use super::store::returns::{self as return_store, OneReturn};
use super::store::{self, OneQuestion};
use super::types::{QuestionCreate, QuestionPatch, ReturnCreate};
use crate::access::{Guard, InCycle, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{self, List};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::practice::{RecordState, StateFilter, Withdrawal};
use actix_web::{HttpRequest, HttpResponse};

pub async fn list(
    cycle: PathId,
    guard: Guard,
    list: List<StateFilter>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let (state, window) = (filter.state.unwrap_or(RecordState::Current), page.clone());
    let rows = guard
        .read(Op::ListQuestions, InCycle(cycle.id), move |tx, seen| {
            Ok(store::list(tx, seen.found.network_id, seen.found.id, state, &window)?)
        })
        .await?;
    page::answer(&request, &page, &rows, |question| (question.happened_at, question.id))
}

pub async fn create(cycle: PathId, guard: Guard, body: Body<QuestionCreate>) -> Result<HttpResponse> {
    let created = guard
        .write(Op::CreateQuestion, InCycle(cycle.id), move |tx, seen| {
            super::create(tx, &seen.found, seen.standing.person_id, &body.0)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(question: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.read(Op::GetQuestion, OneQuestion(question.id), |_, seen| Ok(seen.found)).await?;
    answer::record(&found)
}

pub async fn update(
    question: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<QuestionPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write(Op::UpdateQuestion, OneQuestion(question.id), move |tx, seen| {
            super::update(tx, seen.found, &if_match, patch.0.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn transition(
    question: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<Withdrawal>,
) -> Result<HttpResponse> {
    let moved = guard
        .write(Op::TransitionQuestion, OneQuestion(question.id), move |tx, seen| {
            super::withdraw(tx, seen.found, seen.standing.person_id, &if_match, &body.0)
        })
        .await?;
    answer::record(&moved)
}

pub async fn list_returns(
    question: PathId,
    guard: Guard,
    list: List<StateFilter>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let (state, window) = (filter.state.unwrap_or(RecordState::Current), page.clone());
    let rows = guard
        .read(Op::ListReturns, OneQuestion(question.id), move |tx, seen| {
            Ok(return_store::list(tx, seen.found.network_id, seen.found.id, state, &window)?)
        })
        .await?;
    page::answer(&request, &page, &rows, |told| (told.happened_at, told.id))
}

pub async fn create_return(question: PathId, guard: Guard, body: Body<ReturnCreate>) -> Result<HttpResponse> {
    let created = guard
        .write(Op::CreateReturn, OneQuestion(question.id), move |tx, seen| {
            returns::create(tx, &seen.found, seen.standing.person_id, &body.0)
        })
        .await?;
    answer::created(&created)
}

pub async fn get_return(told: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.read(Op::GetReturn, OneReturn(told.id), |_, seen| Ok(seen.found)).await?;
    answer::record(&found)
}

pub async fn transition_return(
    told: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<Withdrawal>,
) -> Result<HttpResponse> {
    let moved = guard
        .write(Op::TransitionReturn, OneReturn(told.id), move |tx, seen| {
            returns::withdraw(tx, seen.found, seen.standing.person_id, &if_match, &body.0)
        })
        .await?;
    answer::record(&moved)
}
