//! The language of an answer (RFC 9110, section 12.5.4).

use crate::people::types::Locale;
use actix_web::HttpRequest;
use actix_web::http::header::{AcceptLanguage, Header, Preference, Quality};

/// The language that was asked for, else the one that `Accept-Language` likes best, else Dutch. A range such as `en-GB` is
/// taken for its first part: there is one English here.
pub fn negotiated(asked: Option<Locale>, request: &HttpRequest) -> Locale {
    asked.or_else(|| preferred(&AcceptLanguage::parse(request).ok()?)).unwrap_or_default()
}

fn preferred(ranges: &AcceptLanguage) -> Option<Locale> {
    let mut wanted: Vec<_> = ranges.iter().filter(|range| range.quality > Quality::ZERO).collect();
    // Stable: of those liked equally, the first.
    wanted.sort_by_key(|range| std::cmp::Reverse(range.quality));
    wanted.iter().find_map(|range| match &range.item {
        Preference::Any => Some(Locale::default()),
        Preference::Specific(tag) => tag.primary_language().to_ascii_lowercase().parse().ok(),
    })
}

/// As it is written in `Content-Language`, `lang` and addresses.
pub fn tag(language: Locale) -> &'static str {
    language.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn the_best_liked_language_that_there_is() {
        let cases = [
            ("en", Locale::En),
            ("nl-BE,nl;q=0.9,en;q=0.8", Locale::Nl),
            ("en-GB;q=0.9, nl;q=0.8", Locale::En),
            ("nl;q=0.1, de, EN;q=0.5", Locale::En),
            ("de, *;q=0.1", Locale::Nl),
            ("nl;q=0, en;q=0", Locale::Nl),
            ("fy", Locale::Nl),
            (";;;=", Locale::Nl),
            ("", Locale::Nl),
        ];
        for (header, language) in cases {
            let request = TestRequest::default().insert_header(("Accept-Language", header)).to_http_request();
            assert_eq!(negotiated(None, &request), language, "{header}");
            assert_eq!(negotiated(Some(Locale::En), &request), Locale::En, "{header}");
        }
    }
}
