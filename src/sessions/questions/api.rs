//! Questions put in sessions over HTTP.

use super::store::{self, OneSessionQuestion};
use super::types::{SessionQuestion, SessionQuestionCreate, SessionQuestionFilter};
use crate::access::{Guard, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::{List, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::practice::Withdrawal;
use crate::sessions::OneSession;
use crate::sessions::types::Session;
use actix_web::HttpResponse;

pub async fn list(session: PathId, guard: Guard, list: List<SessionQuestionFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<Session>, page: &Page| {
        Ok(store::list(tx, &seen.found, &filter, page)?)
    };
    let key = |question: &SessionQuestion| (question.created_at, question.id);
    page.of_network(&guard, Op::ListSessionQuestions, OneSession(session.id), load, key).await
}

pub async fn create(
    session: PathId,
    guard: Guard,
    body: Body<SessionQuestionCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateSessionQuestion, OneSession(session.id), body, move |tx, seen, body| {
            super::create(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(question: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetSessionQuestion, OneSessionQuestion(question.id)).await?;
    answer::record(&found)
}

pub async fn transition(
    question: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<Withdrawal>,
) -> Result<HttpResponse> {
    let moved = guard
        .write_from(
            Op::TransitionSessionQuestion,
            OneSessionQuestion(question.id),
            body,
            move |tx, seen, body| super::withdraw(tx, seen.found, seen.standing.person_id, &if_match, body),
        )
        .await?;
    answer::record(&moved)
}
