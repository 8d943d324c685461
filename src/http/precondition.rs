//! `ETag`, `If-Match` and `If-None-Match` (RFC 9110, sections 8.8.3, 13.1.1 and 13.1.2): a record's strong validator is
//! its version.

use crate::error::{Error, FieldError, Result};
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};

/// The longest `If-Match` and `If-None-Match` that are read, in bytes.
pub const LONGEST: usize = 200;

/// What an `If-Match` looks like: any version, or tags. A comma parts them, so there is none in those of ours.
pub const IF_MATCH: &str = r#"^(\*|(W/)?"[!#-+.-~-]*"([ \t]*,[ \t]*(W/)?"[!#-+.-~-]*")*)$"#;

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
        let text = short(value, "If-Match")?.unwrap_or_default().trim();
        if text == "*" {
            return Ok(IfMatch::Any);
        }
        for tag in text.split(',').map(str::trim) {
            match opaque(tag) {
                // A weak tag is well formed, but never matches here (RFC 9110, section 13.1.1).
                Some(_) if tag.starts_with('W') => {}
                Some(version) => versions.extend(version.parse::<i32>().ok()),
                None => {
                    return Err(fault(
                        "If-Match",
                        "bad_format",
                        "If-Match must be * or a list of quoted ETags.",
                    ));
                }
            }
        }
    }
    Ok(if present { IfMatch::Versions(versions) } else { IfMatch::Absent })
}

/// What is in a tag, where it is one.
fn opaque(tag: &str) -> Option<&str> {
    let quoted = tag.strip_prefix("W/").unwrap_or(tag);
    let opaque = quoted.strip_prefix('"')?.strip_suffix('"')?;
    opaque.bytes().all(|byte| matches!(byte, b'!' | b'#'..=b'~')).then_some(opaque)
}

/// A header's text, none where it is no text; 400 where it is longer than the contract says.
fn short<'v>(value: &'v HeaderValue, name: &str) -> Result<Option<&'v str>> {
    if value.len() > LONGEST {
        let detail = format!("{name} must have at most {LONGEST} characters.");
        return Err(fault(name, "too_long", detail));
    }
    Ok(value.to_str().ok())
}

fn fault(name: &str, code: &'static str, detail: impl Into<String>) -> Error {
    let errors = vec![FieldError::new(format!("/{name}"), code, detail)];
    Error::Invalid { code: "invalid_header", errors }
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
    pub fn of(request: &HttpRequest) -> Result<IfNoneMatch> {
        let mut tags = Vec::new();
        for value in request.headers().get_all(header::IF_NONE_MATCH) {
            let text = short(value, "If-None-Match")?.unwrap_or_default();
            tags.extend(text.split(',').map(|tag| tag.trim().to_owned()));
        }
        Ok(IfNoneMatch(tags))
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
        ready(IfNoneMatch::of(request))
    }
}
