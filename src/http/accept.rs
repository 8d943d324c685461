//! What an answer comes in: what the query key `format` names, for links, which send no headers of their own; else what
//! `Accept` likes best (RFC 9110, section 12.5.1).

use super::{csv, export, xlsx};
use crate::access::admission::Shapes;
use crate::error::FieldError;
use actix_web::HttpRequest;
use actix_web::http::header;
use serde_json::{Map, Value};

/// The query key that names a media type.
pub const FORMAT: &str = "format";

/// What media types are called in it. What no link asks for, such as a live stream, has no name.
const NAMES: [(&str, &str); 7] = [
    ("json", "application/json"),
    ("csv", csv::MEDIA_TYPE),
    ("jsonl", export::JSON_LINES),
    ("xlsx", xlsx::MEDIA_TYPE),
    ("html", "text/html"),
    ("markdown", "text/markdown"),
    ("pdf", "application/pdf"),
];

/// The names of what is on offer; none where there is no choice between two that have one.
pub fn formats(offers: &[&str]) -> Vec<&'static str> {
    let named = NAMES.iter().filter(|(_, media_type)| offers.contains(media_type));
    let names: Vec<&str> = named.map(|(name, _)| *name).collect();
    if names.len() > 1 { names } else { Vec::new() }
}

/// The media type, of those on offer, that a request is answered in. `format` wins over `Accept`; without a wish it is the
/// first, and of equals too.
pub fn chosen(request: &HttpRequest, offers: &'static [&'static str]) -> &'static str {
    let named = format_of(request.query_string());
    let named = named.filter(|name| formats(offers).contains(&name.as_str()));
    let media_type = named.and_then(|name| NAMES.iter().find(|(known, _)| *known == name));
    if let Some((_, media_type)) = media_type {
        return media_type;
    }
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    let best = offers.iter().rev().max_by_key(|offer| quality(accept, offer));
    best.copied().unwrap_or("application/json")
}

/// Takes the key from a query where it can be given. What it cannot name is a fault; what `chosen` makes of it is then
/// never sent.
pub(super) fn take_format(
    request: &HttpRequest,
    query: &mut Map<String, Value>,
    errors: &mut Vec<FieldError>,
) {
    let names = formats(Shapes::of(request).map_or(&[], |shape| shape.produces));
    if names.is_empty() {
        return;
    }
    let Some(given) = query.remove(FORMAT) else { return };
    if !given.as_str().is_some_and(|given| names.contains(&given)) {
        let detail = format!("Must be one of: {}.", names.join(", "));
        errors.push(FieldError::new(format!("/{FORMAT}"), "not_in_enum", detail));
    }
}

/// Whether a request names what it wants, so that `Accept` says nothing.
pub fn is_named(request: &HttpRequest, offers: &[&str]) -> bool {
    !formats(offers).is_empty() && format_of(request.query_string()).is_some()
}

fn format_of(query: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    pairs.into_iter().find(|(key, _)| key == FORMAT).map(|(_, value)| value)
}

/// Whether a client wants one media type more than another.
pub fn is_liked_better(request: &HttpRequest, one: &str, other: &str) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    quality(accept, one) > quality(accept, other)
}

/// How much a client wants a media type, in thousandths; 0 for not at all. The most specific range decides.
pub fn quality(accept: &str, offer: &str) -> u16 {
    let kind = offer.split('/').next().unwrap_or_default();
    let mut best = (0, 0);
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let range = parts.next().unwrap_or_default();
        let specificity = match range.strip_suffix("/*") {
            _ if range.eq_ignore_ascii_case(offer) => 3,
            Some("*") => 1,
            Some(prefix) if prefix.eq_ignore_ascii_case(kind) => 2,
            _ => continue,
        };
        let weight =
            parts.find_map(|part| part.strip_prefix("q=")).and_then(|q| q.parse::<f32>().ok()).unwrap_or(1.0);
        if specificity > best.0 {
            best = (specificity, (weight.clamp(0.0, 1.0) * 1000.0) as u16);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::{chosen, formats, quality};
    use crate::http::{export, xlsx};
    use actix_web::http::header;
    use actix_web::test::TestRequest;

    #[test]
    fn the_key_wins_over_the_header() {
        let chosen = |query: &str, accept: &str, offers| {
            let request = TestRequest::with_uri(&format!("/{query}"));
            chosen(&request.insert_header((header::ACCEPT, accept)).to_http_request(), offers)
        };
        assert_eq!(chosen("?format=xlsx", "text/csv", export::PRODUCES), xlsx::MEDIA_TYPE);
        assert_eq!(chosen("?a=b&format=json", "text/plain", export::PRODUCES), "application/json");
        assert_eq!(chosen("?format=doc", "text/csv", export::PRODUCES), "text/csv");
        assert_eq!(chosen("", "text/csv, */*;q=0.1", export::PRODUCES), "text/csv");
        assert_eq!(chosen("", "*/*", export::PRODUCES), "application/json");
        // One that has no name on offer is not asked for by it.
        let stream = &["application/json", "text/event-stream"];
        assert_eq!(chosen("?format=json", "text/event-stream", stream), "text/event-stream");
    }

    #[test]
    fn only_a_choice_has_names() {
        assert_eq!(formats(export::PRODUCES), ["json", "csv", "jsonl", "xlsx"]);
        assert_eq!(formats(&["text/html", "application/json"]), ["json", "html"]);
        assert!(formats(&["application/json"]).is_empty());
        assert!(formats(&["application/json", "text/event-stream"]).is_empty());
    }

    #[test]
    fn the_most_specific_range_decides() {
        assert_eq!(quality("text/csv, */*;q=0.1", "text/csv"), 1000);
        assert_eq!(quality("text/csv, */*;q=0.1", "application/json"), 100);
        assert_eq!(quality("application/*;q=0.5, application/json;q=0", "application/json"), 0);
        assert_eq!(quality("text/html", "application/json"), 0);
    }
}
