//! Sessions over HTTP.

use super::store::{self, OneSession};
use super::types::{Session, SessionCreate, SessionFilter, SessionPatch, SessionTransition};
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
use actix_web::HttpResponse;

pub async fn list_in_network(
    network: PathId,
    guard: Guard,
    list: List<SessionFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| {
        Ok(store::list(tx, seen.found, None, filter.state, page)?)
    };
    page.of_network(&guard, Op::ListSessions, InNetwork(network.id), load, by_start).await
}

pub async fn list_in_cycle(cycle: PathId, guard: Guard, list: List<SessionFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<CycleState>, page: &Page| {
        Ok(store::list(tx, seen.found.network_id, Some(seen.found.id), filter.state, page)?)
    };
    page.of_network(&guard, Op::ListCycleSessions, InCycle(cycle.id), load, by_start).await
}

fn by_start(session: &Session) -> (Instant, Id) {
    (session.starts_at, session.id)
}

pub async fn create(network: PathId, guard: Guard, body: Body<SessionCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateSession, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(session: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetSession, OneSession(session.id)).await?;
    answer::record(&found)
}

pub async fn update(
    session: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<SessionPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateSession, OneSession(session.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn transition(
    session: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<SessionTransition>,
) -> Result<HttpResponse> {
    let moved = guard
        .write_from(Op::TransitionSession, OneSession(session.id), body, move |tx, seen, body| {
            super::transition(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}
