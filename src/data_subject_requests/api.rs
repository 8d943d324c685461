//! Requests of data subjects over HTTP.

use super::store::{self, OneDataSubjectRequest};
use super::types::{
    DataSubjectRequestCreate, DataSubjectRequestFilter, DataSubjectRequestTransition, ListedRequest,
    OwnDataSubjectRequestCreate,
};
use crate::access::{ClientAddress, Guard, InNetwork, Op, Public};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::List;
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::sign_in::throttle::Counted;
use actix_web::HttpResponse;
use std::time::Duration;

/// Each filing counts: that some did not would tell which codes are good. Many may file from one place, such as a library.
const FILINGS: Counted = Counted { what: "citizens filing", most: 60 };

/// How long a filing takes at least: longer than the work that a good code makes, so that the time does not tell either.
const PACE: Duration = Duration::from_millis(400);

/// With how each stands today, which no change number tells: the list has no validator.
pub async fn list(
    network: PathId,
    guard: Guard,
    list: List<DataSubjectRequestFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows: Vec<ListedRequest> = guard
        .read(Op::ListDataSubjectRequests, InNetwork(network.id), move |tx, seen| {
            let today = tx.now.day();
            let requests = store::list(tx, seen.found, &filter, &window)?;
            Ok(requests.into_iter().map(|request| ListedRequest::of(request, today)).collect())
        })
        .await?;
    page.answer(&rows, |listed| (listed.request.created_at, listed.request.id))
}

pub async fn create(
    network: PathId,
    guard: Guard,
    body: Body<DataSubjectRequestCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateDataSubjectRequest, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

/// Tells neither by its answer nor by its time whether the code is good.
pub async fn create_own(
    public: Public,
    from: ClientAddress,
    body: Body<OwnDataSubjectRequestCreate>,
) -> Result<HttpResponse> {
    let address = from.0;
    let filing = public.write_from(Op::CreateOwnDataSubjectRequest, body, move |tx, body| {
        FILINGS.admit(tx, &address)?;
        FILINGS.count(tx, &address)?;
        super::file(tx, body).map(Ok)
    });
    let (filed, ()) = tokio::join!(filing, tokio::time::sleep(PACE));
    Ok(HttpResponse::Accepted().content_type("application/json").body(answer::json(&filed?)?))
}

pub async fn get(request: PathId, guard: Guard) -> Result<HttpResponse> {
    let at = OneDataSubjectRequest(request.id);
    let found = guard.get(Op::GetDataSubjectRequest, at).await?;
    answer::record(&found)
}

pub async fn transition(
    request: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<DataSubjectRequestTransition>,
) -> Result<HttpResponse> {
    let moved = guard
        .write_from(
            Op::TransitionDataSubjectRequest,
            OneDataSubjectRequest(request.id),
            body,
            move |tx, seen, body| super::transition(tx, seen.found, seen.standing.person_id, &if_match, body),
        )
        .await?;
    answer::record(&moved)
}
