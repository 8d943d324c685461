//! Changes over HTTP.

use super::feed;
use super::live::{self, Live};
use super::position::{After, Position};
use super::types::ChangesQuery;
use crate::access::{Guard, Op, Server};
use crate::error::{Error, FieldError, Result};
use crate::http::accept::chosen;
use crate::http::answer;
use crate::http::page::Query;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder};

/// The media types of a page, and of the live stream.
pub const PRODUCES: &[&str] = &["application/json", "text/event-stream"];

pub async fn list(
    guard: Guard,
    query: Query<ChangesQuery>,
    live: Data<Live>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let mut query = query.0;
    if chosen(&request, PRODUCES) == PRODUCES[1] {
        if let Some(position) = last_event_id(&request)? {
            query.after = Some(After::Position(position));
        }
        let mut response = live::begin(guard, &live, query).await?.respond_to(&request);
        response.headers_mut().insert(header::VARY, header::HeaderValue::from_static("Accept"));
        return Ok(response);
    }
    let changes = guard
        .read(Op::ListChanges, Server, move |tx, seen| feed::read(tx, seen.standing.person_id, &query))
        .await?;
    let mut response = HttpResponse::Ok();
    response.insert_header((header::VARY, "Accept")).content_type(PRODUCES[0]);
    Ok(response.body(answer::json(&changes)?))
}

/// Where a client goes on that lost its stream (HTML, 9.2.4): it comes before the `after` of its first request.
fn last_event_id(request: &HttpRequest) -> Result<Option<Position>> {
    let Some(value) = request.headers().get("Last-Event-ID") else { return Ok(None) };
    let position = value.to_str().ok().and_then(Position::read);
    position.map(Some).ok_or_else(|| {
        let detail = "Must be the id of an event that was sent here.";
        let errors = vec![FieldError::new("/Last-Event-ID", "bad_format", detail)];
        Error::Invalid { code: "invalid_header", errors }
    })
}
