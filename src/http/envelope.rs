//! Around every request: an id (in `X-Request-Id`, problems and the log), the headers that each answer has, problems
//! written out, one line in the log, one count.

use super::problem::{self, Problem};
use super::rate_limits;
use crate::access::Access;
use crate::access::admission::Shapes;
use crate::clock;
use crate::connections::Exchange;
use crate::ids::Id;
use crate::metrics::Metrics;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, web};
use futures_util::FutureExt;
use std::borrow::Cow;
use std::panic::AssertUnwindSafe;

/// The version of the contract, SemVer; its first number is the `1` of `/v1`.
pub const API_VERSION: &str = "1.0.0";

/// DESIGN section 2: the security headers of the government's API Design Rules, and `API-Version`.
const HEADERS: [(HeaderName, &str); 6] = [
    (HeaderName::from_static("api-version"), API_VERSION),
    (header::CACHE_CONTROL, "no-store"),
    (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// In the extensions of a request: what it is known by.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(pub Id);

/// In the extensions of an answer that everybody may have, and whose own `Cache-Control` stands. Without it nothing is kept
/// anywhere, whatever a library thought of it.
pub struct MayBeKept;

/// In the extensions of an error that tells what is wrong in words of its own, to people who would not read a problem.
pub struct Worded;

pub async fn envelope(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = clock::now();
    let request_id = Id::new();
    request.extensions_mut().insert(RequestId(request_id));
    let id = request_id.to_string();
    let method = request.method().clone();
    let under_way = request.conn_data::<Exchange>().map(Exchange::begin);
    let refused = turned_away(&request).or_else(|| rate_limits::count_address(request.request()).err());
    let response = match refused {
        // Before anything is done for it.
        Some(refusal) => request.error_response(refusal),
        None => {
            // A panic in a handler must not take its worker along.
            let answered = AssertUnwindSafe(async { next.call(request).await }).catch_unwind().await;
            let Ok(response) = answered else { return Err(after_panic(&id)) };
            response?.map_into_boxed_body()
        }
    };
    let mut response = write_problem(response, &id);
    rate_limits::tell(&response.request().clone(), response.headers_mut());
    let may_be_kept = response.response().extensions().get::<MayBeKept>().is_some();
    dress(response.headers_mut(), &id, may_be_kept);
    let seconds = clock::now().seconds_since(started);
    let route = route(response.request());
    let status = response.status().as_u16();
    if let Some(metrics) = response.request().app_data::<web::Data<Metrics>>() {
        metrics.count(&method, &route, status, seconds);
    }
    // Never a body, a token or a query value; the route template instead of the path.
    log::info!(target: "feedbacklus::request", method = method.as_str(), route = route.as_ref(), status = status,
        duration_ms = seconds * 1e3, request_id = id.as_str(); "request");
    Ok(match under_way {
        Some(under_way) => response.map_body(|_, body| under_way.until_sent(body)),
        None => response,
    })
}

/// The template of the path that a request goes to. That of the API's own is known without looking for it once more.
fn route(request: &HttpRequest) -> Cow<'static, str> {
    match Shapes::path(request) {
        Some(path) => path.into(),
        None => request.match_pattern().map_or("-".into(), Cow::Owned),
    }
}

/// Why a request for the API is not even looked at: there is more to do already than the database can carry. Whether the
/// process runs and is ready is told all the same.
fn turned_away(request: &ServiceRequest) -> Option<crate::error::Error> {
    let access = request.app_data::<web::Data<Access>>()?;
    let asks_the_database = request.path().starts_with("/v1/") && request.path() != "/v1/openapi.json";
    asks_the_database.then(|| access.has_room(!request.method().is_safe()).err())?
}

/// The headers that every answer has.
fn dress(headers: &mut HeaderMap, request_id: &str, may_be_kept: bool) {
    for (name, value) in HEADERS {
        // A page to read says itself what it may load, which is less than what others may.
        let own = name == header::CONTENT_SECURITY_POLICY || (name == header::CACHE_CONTROL && may_be_kept);
        if !own || !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if let Ok(value) = HeaderValue::from_str(request_id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
}

/// The 500 of a request whose handler panicked; the request itself is gone with the handler.
fn after_panic(request_id: &str) -> Error {
    let problem = Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response =
        HttpResponse::InternalServerError().content_type(problem::MEDIA_TYPE).body(problem.body(request_id));
    dress(response.headers_mut(), request_id, false);
    log::error!(target: "feedbacklus::request", status = 500, request_id = request_id; "a handler panicked");
    InternalError::from_response("a handler panicked", response).into()
}

/// Gives an error its problem: ours, which it carries along, or that of a status the framework answered by itself.
fn write_problem(response: ServiceResponse<BoxBody>, request_id: &str) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let worded = response.response().extensions().get::<Worded>().is_some();
    if worded || (!status.is_client_error() && !status.is_server_error()) {
        return response;
    }
    let carried = response.response().extensions().get::<Problem>().cloned();
    let problem = carried.unwrap_or_else(|| Problem::of_status(status));
    let body = problem.body(request_id);
    let mut response = response.map_body(|_, _| BoxBody::new(body));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(problem::MEDIA_TYPE));
    response
}
