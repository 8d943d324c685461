//! Notes of sessions over HTTP.

use super::store::{self, OneSessionNote};
use super::types::{SessionNoteCreate, SessionNotePatch};
use crate::access::{Guard, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::List;
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::practice::{RecordState, StateFilter, Withdrawal};
use crate::sessions::OneSession;
use actix_web::HttpResponse;

/// Not kept for the next who asks: who asks decides which are shown.
pub async fn list(session: PathId, guard: Guard, list: List<StateFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let state = filter.state.unwrap_or(RecordState::Current);
    let window = page.clone();
    let rows = guard
        .read(Op::ListSessionNotes, OneSession(session.id), move |tx, seen| {
            Ok(store::list(tx, &seen.found, seen.standing.person_id, state, &window)?)
        })
        .await?;
    page.answer(&rows, |note| (note.created_at, note.id))
}

pub async fn create(session: PathId, guard: Guard, body: Body<SessionNoteCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateSessionNote, OneSession(session.id), body, move |tx, seen, body| {
            super::create(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(note: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetSessionNote, OneSessionNote(note.id)).await?;
    answer::record(&found)
}

pub async fn update(
    note: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<SessionNotePatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateSessionNote, OneSessionNote(note.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn transition(
    note: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<Withdrawal>,
) -> Result<HttpResponse> {
    let moved = guard
        .write_from(Op::TransitionSessionNote, OneSessionNote(note.id), body, move |tx, seen, body| {
            super::withdraw(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}
