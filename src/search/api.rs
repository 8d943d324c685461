//! Search over HTTP.

use super::types::{Found, SearchFilter};
use crate::access::{Guard, Op, Server};
use crate::error::Result;
use crate::http::page::List;
use actix_web::HttpResponse;

pub async fn search(guard: Guard, list: List<SearchFilter, f64>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let asked = page.clone();
    let found = guard
        .read(Op::SearchRecords, Server, move |tx, seen| {
            super::search(tx, seen.standing.person_id, &filter, &asked)
        })
        .await?;
    page.answer(&found, |found: &Found| (found.score, found.id))
}
