//! The credential of a request: the access token of a session, a token of the issuer outside, or the key of an integration.

use super::api_key::PresentedKey;
use crate::error::{Error, Result};
use crate::http::rate_limits::RateKey;
use crate::ids::Id;
use crate::oidc::Subject;
use actix_web::HttpRequest;
use actix_web::http::header;
use std::sync::Arc;

/// Whose access token came with the request. The guard's access query tells whether the session still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    pub person_id: Id,
    pub session_id: Id,
}

/// What a request shows to tell who asks. Whether it is good for anything is for the guard's access query to tell.
#[derive(Clone, Debug)]
pub enum Credential {
    Session(Actor),
    /// Somebody whom the issuer of access tokens vouches for. Who that is here is told by the identities.
    Subject(Arc<Subject>),
    Key(Arc<PresentedKey>),
}

impl Credential {
    /// What its requests are counted by.
    pub(super) fn rate_key(&self) -> RateKey {
        match self {
            Credential::Session(actor) => RateKey::Session(actor.session_id),
            Credential::Subject(subject) => RateKey::Digest(subject.digest()),
            Credential::Key(key) => RateKey::Digest(key.digest()),
        }
    }

    /// 401 for a credential that is good for nothing, or for nothing any more.
    pub fn refused(&self) -> Error {
        Error::Unauthenticated(match self {
            Credential::Session(_) => "unauthenticated",
            Credential::Subject(_) => "identity_unknown",
            Credential::Key(_) => "api_key_invalid",
        })
    }
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
