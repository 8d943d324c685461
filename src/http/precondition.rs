//! `ETag`, `If-Match` and `If-None-Match` (RFC 9110, sections 8.8.3, 13.1.1 and 13.1.2): a record's strong validator is
//! its version.

use crate::error::{Error, FieldError, Result};
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};

/// The longest `If-Match` and `If-None-Match` that are read, in bytes.
pub const LONGEST: usize = 200;

/// What an `If-Match` looks like: any version, or a list of tags, in which a comma may part nothing (RFC 9110, section 5.6.1.2).
pub const IF_MATCH: &str = r#"^(\*|[ \t,]*(W/)?"[!#-~]*"([ \t]*,[ \t,]*(W/)?"[!#-~]*")*[ \t,]*)$"#;

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
        short(value, "If-Match")?;
        let list = value.as_bytes().trim_ascii();
        if list == b"*" {
            return Ok(IfMatch::Any);
        }
        let Some(tags) = tags(list) else {
            return Err(fault("If-Match", "bad_format", "If-Match must be * or a list of quoted ETags."));
        };
        versions.extend(tags.into_iter().filter_map(version));
    }
    Ok(if present { IfMatch::Versions(versions) } else { IfMatch::Absent })
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

/// The tags of a list, each as it was sent; none where it is no such list (RFC 9110, sections 5.6.1.2 and 8.8.3). A comma
/// may stand in a tag.
fn tags(list: &[u8]) -> Option<Vec<&[u8]>> {
    let mut tags = Vec::new();
    let mut rest = list;
    loop {
        let between = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b',')).count();
        let follows_comma = tags.is_empty() || rest[..between].contains(&b',');
        rest = &rest[between..];
        if rest.is_empty() {
            return (!tags.is_empty()).then_some(tags);
        }
        let opening = if rest.starts_with(b"W/") { 3 } else { 1 };
        let inside = rest.get(opening..).filter(|_| follows_comma && rest[opening - 1] == b'"')?;
        let length = inside.iter().position(|byte| *byte == b'"')?;
        if !inside[..length].iter().all(|byte| matches!(byte, 0x21..=0x7e | 0x80..)) {
            return None;
        }
        let (tag, after) = rest.split_at(opening + length + 1);
        tags.push(tag);
        rest = after;
    }
}

/// The version whose validator this is, to the letter: `"+3"` and `"03"` are other tags than `"3"`, and a weak tag never
/// matches here (RFC 9110, sections 8.8.3.2 and 13.1.1).
fn version(tag: &[u8]) -> Option<i32> {
    let text = std::str::from_utf8(tag).ok()?.strip_prefix('"')?.strip_suffix('"')?;
    text.parse().ok().filter(|version| etag(*version).as_bytes() == tag)
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

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn if_match(value: &str) -> Option<IfMatch> {
        parse(&TestRequest::default().insert_header((header::IF_MATCH, value)).to_http_request()).ok()
    }

    fn versions(versions: &[i32]) -> Option<IfMatch> {
        Some(IfMatch::Versions(versions.to_vec()))
    }

    #[test]
    fn a_version_is_named_to_the_letter() {
        assert_eq!(if_match("\"3\""), versions(&[3]));
        for other in ["\"+3\"", "\"03\"", "\"3 \"", "\"-0\"", "W/\"3\"", "\"\""] {
            assert!([versions(&[]), None].contains(&if_match(other)), "{other}");
        }
    }

    #[test]
    fn a_list_is_one_of_tags_in_quotes_with_commas_between() {
        assert_eq!(if_match("*"), Some(IfMatch::Any));
        assert_eq!(if_match(" \"1\" ,,\t\"2\", "), versions(&[1, 2]));
        assert_eq!(if_match("\"1,2\", W/\"4\", \"3\""), versions(&[3]));
        for none in
            ["3", "\"3", "3\"", "\"1\" \"2\"", "\"1\"\"2\"", "w/\"1\"", "\"1\", *", "", ",", "\"a b\""]
        {
            assert_eq!(if_match(none), None, "{none}");
        }
    }
}
