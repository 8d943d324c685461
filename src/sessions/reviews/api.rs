//! Reviews of actions over HTTP.

use super::store::{self, OneActionReview};
use super::types::{ActionReview, ActionReviewCreate};
use crate::access::{Guard, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::{List, NoFilter, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::practice::{RecordState, StateFilter, Withdrawal};
use crate::sessions::OneSession;
use crate::sessions::types::Session;
use actix_web::HttpResponse;

/// Not kept for the next who asks: a guest is shown less than a member.
pub async fn list_open_actions(session: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let page = list.page;
    let window = page.clone();
    let rows = guard
        .read(Op::ListOpenActions, OneSession(session.id), move |tx, seen| {
            let all_cycles = seen.standing.member.is_some();
            super::open_actions(tx, &seen.found, all_cycles, &window)
        })
        .await?;
    page.answer(&rows, |open| (open.since, open.action_id))
}

pub async fn list(session: PathId, guard: Guard, list: List<StateFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let state = filter.state.unwrap_or(RecordState::Current);
    let load = move |tx: &mut Tx<'_>, seen: &Seen<Session>, page: &Page| {
        Ok(store::list(tx, &seen.found, state, page)?)
    };
    let key = |review: &ActionReview| (review.created_at, review.id);
    page.of_network(&guard, Op::ListActionReviews, OneSession(session.id), load, key).await
}

pub async fn create(session: PathId, guard: Guard, body: Body<ActionReviewCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateActionReview, OneSession(session.id), body, move |tx, seen, body| {
            super::create(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(review: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetActionReview, OneActionReview(review.id)).await?;
    answer::record(&found)
}

pub async fn transition(
    review: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<Withdrawal>,
) -> Result<HttpResponse> {
    let moved = guard
        .write_from(Op::TransitionActionReview, OneActionReview(review.id), body, move |tx, seen, body| {
            super::withdraw(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}
