//! Kept reports over HTTP.

use super::store::{self, OneKeptReport};
use super::types::{KeptReport, KeptReportCreate, KeptReportEntry, KeptReportFilter};
use crate::access::{Guard, InNetwork, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::language::tag;
use crate::http::page::{List, NoFilter, Page, Query};
use crate::http::path::PathId;
use crate::http::precondition::{IfMatch, IfNoneMatch, etag};
use crate::http::public_url::Base;
use crate::ids::Id;
use crate::reports::{Wish, faces::Face, network};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

pub use crate::reports::faces::PRODUCES;

pub async fn list(network: PathId, guard: Guard, list: List<KeptReportFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load =
        move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list(tx, seen.found, &filter, page)?);
    let key = |kept: &KeptReportEntry| (kept.created_at, kept.id);
    page.of_network(&guard, Op::ListKeptReports, InNetwork(network.id), load, key).await
}

/// Answers with the job that makes the report.
pub async fn create(network: PathId, guard: Guard, body: Body<KeptReportCreate>) -> Result<HttpResponse> {
    let asked = guard
        .write_from(Op::CreateKeptReport, InNetwork(network.id), body, move |tx, seen, body| {
            super::ask(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::accepted(&asked)
}

/// Answers a kept report in one of its faces, or 304 where the caller has it.
pub async fn get(
    kept: PathId,
    guard: Guard,
    _query: Query<NoFilter>,
    base: Base,
    known: IfNoneMatch,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let wish = Wish::of(&request, base);
    let found = guard.get(Op::GetKeptReport, OneKeptReport(kept.id)).await?;
    let etag = validator(&wish);
    let unchanged = known.names(&etag);
    if wish.face == Face::Json && !unchanged {
        let mut response = answer::record(&found)?;
        response
            .headers_mut()
            .insert(header::VARY, header::HeaderValue::from_static("Accept, Accept-Language"));
        return Ok(response);
    }
    let report = (!unchanged).then_some(&found.report.0);
    wish.answer(report, Some(etag), file(&found), network::document).await
}

pub async fn delete(kept: PathId, guard: Guard, if_match: IfMatch) -> Result<HttpResponse> {
    guard
        .write(Op::DeleteKeptReport, OneKeptReport(kept.id), move |tx, seen| {
            super::delete(tx, &seen.found, &if_match)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Of the JSON the version. What else it is shown as is made by this version of the program, in the language of its reader.
fn validator(wish: &Wish) -> String {
    match wish.face {
        Face::Json => etag(1),
        face => format!("\"1-{}-{}-{}\"", face.name(), tag(wish.language), env!("CARGO_PKG_VERSION")),
    }
}

/// What it is called where it is kept as a file: by its period, as far as it has one.
fn file(kept: &KeptReport) -> String {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| format!("-{day}")).unwrap_or_default();
    format!("network-{}{}{}", kept.network_id, day(kept.from_on), day(kept.to_on))
}
