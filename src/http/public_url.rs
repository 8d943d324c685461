//! Where this server is reached from outside: what the links begin with in what is read elsewhere, such as feeds.

use crate::access::admission::TrustForwarded;
use crate::error::{Error, Result};
use actix_web::dev::Payload;
use actix_web::http::{Uri, header};
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};

/// The setting `PUBLIC_URL`, where it is set.
#[derive(Clone, Default)]
pub struct PublicUrl(pub Option<String>);

impl PublicUrl {
    /// An address such as `https://leren.example.org`, without its last slash; none where it can begin no link.
    pub fn check(text: &str) -> Option<String> {
        let uri: Uri = text.parse().ok()?;
        let web = matches!(uri.scheme_str(), Some("http" | "https"));
        let host = uri.authority().filter(|authority| !authority.as_str().contains('@'))?;
        let plain = uri.query().is_none() && !text.contains(['#', '?']);
        (web && plain && !host.host().is_empty()).then(|| text.trim_end_matches('/').to_owned())
    }
}

/// Set where this server speaks TLS itself.
#[derive(Clone, Copy)]
pub struct OwnTls(pub bool);

/// What the links of one answer begin with: the setting, else the address that the request was sent to.
pub struct Base(pub String);

impl Base {
    pub fn of(request: &HttpRequest) -> Base {
        let set = request.app_data::<PublicUrl>().and_then(|url| url.0.clone());
        Base(set.unwrap_or_else(|| asked(request)))
    }
}

impl FromRequest for Base {
    type Error = Error;
    type Future = Ready<Result<Base>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Base::of(request)))
    }
}

/// The address that the request names. It was checked by nobody, and goes back to the one who sent it and to nobody else.
fn asked(request: &HttpRequest) -> String {
    let trusted = request.app_data::<TrustForwarded>().is_some_and(|trust| trust.0);
    let own_tls = request.app_data::<OwnTls>().is_some_and(|tls| tls.0);
    let named = if trusted {
        let connection = request.connection_info();
        let scheme = if own_tls { "https" } else { connection.scheme() };
        format!("{scheme}://{}", connection.host())
    } else {
        let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
        let scheme = if own_tls { "https" } else { "http" };
        format!("{scheme}://{}", host.unwrap_or_default())
    };
    PublicUrl::check(&named).unwrap_or_else(|| "http://localhost".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn addresses_that_links_can_begin_with() {
        for (text, base) in [
            ("https://leren.example.org", "https://leren.example.org"),
            ("https://leren.example.org/", "https://leren.example.org"),
            ("http://[::1]:8080/feedbacklus/", "http://[::1]:8080/feedbacklus"),
        ] {
            assert_eq!(PublicUrl::check(text).as_deref(), Some(base));
        }
        for text in [
            "leren.example.org",
            "/v1",
            "ftp://leren.example.org",
            "https://",
            "https://user@leren.example.org",
            "https://leren.example.org?x=1",
            "https://leren.example.org/#top",
            "https://le ren.example.org",
            "https://leren.example.org/\"><script>",
        ] {
            assert_eq!(PublicUrl::check(text), None, "{text}");
        }
    }

    #[test]
    fn without_the_setting_links_lead_where_the_request_was_sent() {
        let sent_to =
            |host: &str| asked(&TestRequest::default().insert_header((header::HOST, host)).to_http_request());
        assert_eq!(sent_to("127.0.0.1:8080"), "http://127.0.0.1:8080");
        assert_eq!(sent_to("a.example\"><script>"), "http://localhost");
        let forwarded = TestRequest::default()
            .insert_header((header::HOST, "127.0.0.1:8080"))
            .insert_header(("X-Forwarded-Host", "leren.example.org"))
            .insert_header(("X-Forwarded-Proto", "https"));
        assert_eq!(asked(&forwarded.to_http_request()), "http://127.0.0.1:8080");
        let trusted = TestRequest::default()
            .app_data(TrustForwarded(true))
            .insert_header(("X-Forwarded-Host", "leren.example.org"))
            .insert_header(("X-Forwarded-Proto", "https"));
        assert_eq!(asked(&trusted.to_http_request()), "https://leren.example.org");
    }
}
