//! Intake codes over HTTP.

use super::store::{self, OneIntakeCode};
use super::types::{IntakeCodeCreate, IssuedCode};
use crate::access::{Guard, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::{List, NoFilter, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::pseudonyms::OnePseudonym;
use crate::pseudonyms::types::Pseudonym;
use actix_web::HttpResponse;

pub async fn list(pseudonym: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load = |tx: &mut Tx<'_>, seen: &Seen<Pseudonym>, page: &Page| {
        Ok(store::list(tx, &seen.found, page)?.into_iter().map(|row| row.shown(None)).collect())
    };
    let key = |code: &IssuedCode| (code.created_at, code.id);
    list.page.of_caller(&guard, Op::ListIntakeCodes, OnePseudonym(pseudonym.id), load, key).await
}

pub async fn create(pseudonym: PathId, guard: Guard, body: Body<IntakeCodeCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateIntakeCode, OnePseudonym(pseudonym.id), body, move |tx, seen, body| {
            super::create(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn revoke(code: PathId, guard: Guard, if_match: IfMatch) -> Result<HttpResponse> {
    guard
        .write(Op::RevokeIntakeCode, OneIntakeCode(code.id), move |tx, seen| {
            super::revoke(tx, seen.found, &if_match)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
