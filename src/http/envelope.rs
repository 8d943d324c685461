//! Around every request: an id, the headers that each answer has, problems written out, one line in the log, one count.

use super::problem::{self, Problem};
use crate::clock;
use crate::ids::Id;
use crate::metrics::Metrics;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, web};

/// The version of the contract, SemVer; its first number is the `1` of `/v1`.
pub const API_VERSION: &str = "1.0.0";

/// A request's id, in its answer's `X-Request-Id`, in problems and in the log.
#[derive(Clone)]
pub struct RequestId(pub String);

/// DESIGN section 2: the security headers of the government's API Design Rules, and `API-Version`.
const HEADERS: [(HeaderName, &str); 6] = [
    (HeaderName::from_static("api-version"), API_VERSION),
    (header::CACHE_CONTROL, "no-store"),
    (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

pub async fn envelope(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = clock::now();
    let id = RequestId(Id::new().to_string());
    request.extensions_mut().insert(id.clone());
    let method = request.method().clone();
    let head = request.request().clone();
    let response = match next.call(request).await {
        Ok(response) => response.map_into_boxed_body(),
        Err(error) => ServiceResponse::new(head, HttpResponse::from_error(error)),
    };
    let mut response = write_problem(response, &id.0);
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    let seconds = clock::now().seconds_since(started);
    let route = response.request().match_pattern().unwrap_or_else(|| "-".into());
    let status = response.status().as_u16();
    if let Some(metrics) = response.request().app_data::<web::Data<Metrics>>() {
        metrics.count(&method, &route, status, seconds);
    }
    // Never a body, a token or a query value; the route template instead of the path.
    log::info!(target: "feedbacklus::request", method = method.as_str(), route = route.as_str(), status = status,
        duration_ms = seconds * 1e3, request_id = id.0.as_str(); "request");
    Ok(response)
}

/// Gives an error its problem: ours, which it carries along, or that of a status the framework answered by itself.
fn write_problem(response: ServiceResponse<BoxBody>, request_id: &str) -> ServiceResponse<BoxBody> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let carried = response.response().extensions().get::<Problem>().cloned();
    let problem = carried.unwrap_or_else(|| Problem::of_status(status));
    let body = problem.body(request_id);
    let mut response = response.map_body(|_, _| BoxBody::new(body));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(problem::MEDIA_TYPE));
    response
}
