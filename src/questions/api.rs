//! Questions and returns over HTTP.

use super::returns;
use super::store::OneQuestion;
use super::store::returns::{self as return_store, OneReturn};
use super::types::{Question, QuestionCreate, QuestionFilter, QuestionPatch, Return, ReturnCreate};
use crate::access::{Guard, InCycle, InNetwork, Op, Seen, Tx};
use crate::clock::Instant;
use crate::cycles::rules::CycleState;
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::loops::following::Scope;
use crate::practice::{RecordState, StateFilter, Withdrawal};
use actix_web::HttpResponse;

pub async fn list(cycle: PathId, guard: Guard, list: List<QuestionFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<CycleState>, page: &Page| {
        super::list(tx, Scope::from(&seen.found), &filter, page)
    };
    page.of_network(&guard, Op::ListQuestions, InCycle(cycle.id), load, by_time).await
}

pub async fn list_in_network(
    network: PathId,
    guard: Guard,
    list: List<QuestionFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| {
        super::list(tx, Scope::Network(seen.found), &filter, page)
    };
    page.of_network(&guard, Op::ListNetworkQuestions, InNetwork(network.id), load, by_time).await
}

fn by_time(question: &Question) -> (Instant, Id) {
    (question.happened_at, question.id)
}

pub async fn create(cycle: PathId, guard: Guard, body: Body<QuestionCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateQuestion, InCycle(cycle.id), body, move |tx, seen, body| {
            super::create(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(question: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetQuestion, OneQuestion(question.id)).await?;
    answer::record(&found)
}

pub async fn update(
    question: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<QuestionPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateQuestion, OneQuestion(question.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
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
        .write_from(Op::TransitionQuestion, OneQuestion(question.id), body, move |tx, seen, body| {
            super::withdraw(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}

pub async fn list_returns(question: PathId, guard: Guard, list: List<StateFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let state = filter.state.unwrap_or(RecordState::Current);
    let load = move |tx: &mut Tx<'_>, seen: &Seen<Question>, page: &Page| {
        Ok(return_store::list(tx, seen.found.network_id, seen.found.id, state, page)?)
    };
    let key = |told: &Return| (told.happened_at, told.id);
    page.of_network(&guard, Op::ListReturns, OneQuestion(question.id), load, key).await
}

pub async fn create_return(question: PathId, guard: Guard, body: Body<ReturnCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateReturn, OneQuestion(question.id), body, move |tx, seen, body| {
            returns::create(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get_return(told: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetReturn, OneReturn(told.id)).await?;
    answer::record(&found)
}

pub async fn transition_return(
    told: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<Withdrawal>,
) -> Result<HttpResponse> {
    let moved = guard
        .write_from(Op::TransitionReturn, OneReturn(told.id), body, move |tx, seen, body| {
            returns::withdraw(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}
