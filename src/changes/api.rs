//! Changes over HTTP.

use super::feed;
use super::types::ChangesQuery;
use crate::access::{Guard, Op, Server};
use crate::error::Result;
use crate::http::answer;
use crate::http::page::Query;
use actix_web::HttpResponse;

pub async fn list(guard: Guard, query: Query<ChangesQuery>) -> Result<HttpResponse> {
    let changes = guard
        .read(Op::ListChanges, Server, move |tx, seen| feed::read(tx, seen.standing.person_id, &query.0))
        .await?;
    Ok(HttpResponse::Ok().content_type("application/json").body(answer::json(&changes)?))
}
