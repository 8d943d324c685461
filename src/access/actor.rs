//! The credential of a request.

use crate::error::{Error, Result};
use crate::ids::Id;
use actix_web::HttpRequest;
use actix_web::http::header;

/// Whose access token came with the request. The guard's access query tells whether the session still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    pub person_id: Id,
    pub session_id: Id,
}

/// The bearer token of `Authorization` (RFC 6750, section 2.1).
pub(super) fn bearer_token(request: &HttpRequest) -> Result<&str> {
    let header =
        request.headers().get(header::AUTHORIZATION).ok_or(Error::Unauthenticated("unauthenticated"))?;
    // `HeaderValue::to_str` looks at a long token byte by byte.
    let text =
        std::str::from_utf8(header.as_bytes()).map_err(|_| Error::Unauthenticated("unauthenticated"))?;
    match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.trim()),
        _ => Err(Error::Unauthenticated("unauthenticated")),
    }
}
