//! `Accept` (RFC 9110, section 12.5.1).

use actix_web::HttpRequest;
use actix_web::http::header;

/// Whether the client likes the one media type better than the other, which it gets without a wish.
pub fn prefers(request: &HttpRequest, one: &str, other: &str) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    quality(accept, one) > quality(accept, other)
}

/// The one of the media types that the client likes best; of equals the first, which it gets without a wish too.
pub fn choice(request: &HttpRequest, offers: &'static [&'static str]) -> Option<&'static str> {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    offers.iter().rev().max_by_key(|offer| quality(accept, offer)).copied()
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
    use super::quality;

    #[test]
    fn the_most_specific_range_decides() {
        assert_eq!(quality("text/csv, */*;q=0.1", "text/csv"), 1000);
        assert_eq!(quality("text/csv, */*;q=0.1", "application/json"), 100);
        assert_eq!(quality("application/*;q=0.5, application/json;q=0", "application/json"), 0);
        assert_eq!(quality("text/html", "application/json"), 0);
    }
}
