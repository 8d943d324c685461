//! `ETag`, `If-Match` and `If-None-Match` (RFC 9110, sections 8.8.3, 13.1.1 and 13.1.2): a record's strong validator is
//! its version.

use crate::error::{Error, FieldError, Result};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};

/// What a request's `If-Match` demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IfMatch {
    Absent,
    Any,
    /// Tags that are no version of ours are kept out: they match nothing.
    Versions(Vec<i32>),
}

impl IfMatch {
    /// For a change to an existing record: 428 without the header, 412 where it names another version.
    pub fn demand(&self, stored: i32) -> Result<()> {
        match self {
            IfMatch::Absent => Err(Error::PreconditionRequired),
            _ => self.honour(stored),
        }
    }

    /// For requests that may carry the header but need not.
    pub fn honour(&self, stored: i32) -> Result<()> {
        match self {
            IfMatch::Versions(versions) if !versions.contains(&stored) => {
                Err(Error::VersionMismatch { stored })
            }
            _ => Ok(()),
        }
    }
}

impl FromRequest for IfMatch {
    type Error = Error;
    type Future = Ready<Result<IfMatch>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(request))
    }
}

fn parse(request: &HttpRequest) -> Result<IfMatch> {
    let mut versions = Vec::new();
    let mut present = false;
    for value in request.headers().get_all(header::IF_MATCH) {
        present = true;
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(IfMatch::Any);
        }
        for tag in text.split(',').map(str::trim) {
            let strong = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
            match strong {
                Some(version) => versions.extend(version.parse::<i32>().ok()),
                // A weak tag is well formed, but never matches here (RFC 9110, section 13.1.1).
                None if tag.starts_with("W/\"") && tag.ends_with('"') => {}
                None => {
                    let detail = "If-Match must be * or a list of quoted ETags.";
                    let errors = vec![FieldError::new("/If-Match", "bad_format", detail)];
                    return Err(Error::Invalid { code: "invalid_header", errors });
                }
            }
        }
    }
    Ok(if present { IfMatch::Versions(versions) } else { IfMatch::Absent })
}

/// The strong validator of a version.
pub fn etag(version: i32) -> String {
    format!("\"{version}\"")
}

/// The validators that a request's `If-None-Match` names: what the caller has already.
#[derive(Clone)]
pub struct IfNoneMatch(Vec<String>);

impl IfNoneMatch {
    /// What cannot be read names nothing: the caller then gets a whole answer.
    pub fn of(request: &HttpRequest) -> IfNoneMatch {
        let values = request.headers().get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
        IfNoneMatch(values.flat_map(|text| text.split(',')).map(|tag| tag.trim().to_owned()).collect())
    }

    /// Whether the validator is among them, by the weak comparison.
    pub fn names(&self, etag: &str) -> bool {
        fn opaque(tag: &str) -> &str {
            tag.strip_prefix("W/").unwrap_or(tag)
        }
        self.0.iter().any(|tag| tag == "*" || opaque(tag) == opaque(etag))
    }
}

impl FromRequest for IfNoneMatch {
    type Error = Error;
    type Future = Ready<Result<IfNoneMatch>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(IfNoneMatch::of(request)))
    }
}
