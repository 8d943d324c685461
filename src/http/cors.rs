//! Which pages of other origins may read what this server answers. By default none may. Those that may send an access token
//! of their own; the cookie that keeps a refresh token is for pages of this server's own origin alone.

use actix_cors::Cors;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName};
use actix_web::middleware::Condition;

/// Seconds for which a browser may remember what it may do.
const REMEMBERED: usize = 3_600;

/// What a page sends that its browser asks for first.
const TAKEN: [HeaderName; 8] = [
    header::ACCEPT,
    header::ACCEPT_LANGUAGE,
    header::AUTHORIZATION,
    header::CONTENT_TYPE,
    header::IF_MATCH,
    header::IF_NONE_MATCH,
    HeaderName::from_static("confirm-warnings"),
    HeaderName::from_static("last-event-id"),
];

/// What a page may read of an answer besides its body.
const SHOWN: [HeaderName; 11] = [
    header::ALLOW,
    header::CONTENT_DISPOSITION,
    header::CONTENT_LANGUAGE,
    header::ETAG,
    header::LINK,
    header::LOCATION,
    header::RETRY_AFTER,
    HeaderName::from_static("api-version"),
    HeaderName::from_static("ratelimit"),
    HeaderName::from_static("ratelimit-policy"),
    HeaderName::from_static("x-request-id"),
];

/// Answers what browsers ask ahead, and says on each answer to one of these origins that it may be read there.
pub fn cors(origins: &[String]) -> Condition<Cors> {
    let methods = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    let cors = Cors::default()
        .allowed_methods(methods)
        .allowed_headers(TAKEN)
        .expose_headers(SHOWN)
        .max_age(REMEMBERED);
    let cors = origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin));
    Condition::new(!origins.is_empty(), cors)
}
