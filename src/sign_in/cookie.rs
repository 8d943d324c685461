//! The refresh token of an app in a browser. It lies in a cookie that no script can read and that goes to one path, so a
//! script injected into the app can use the sign-in while it runs but cannot carry it away (RFC 9700, section 4.14; "OAuth
//! 2.0 for Browser-Based Applications"). No other site can have it used: the cookie is for the same site alone, a body is
//! read as JSON alone, for which browsers ask permission that is given to nobody, and the origin is looked at besides.

use super::session_lifetime;
use super::types::{RefreshTokenIn, Tokens};
use crate::error::{Error, Result};
use crate::http::answer;
use crate::http::public_url::Base;
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::http::{StatusCode, Uri};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use std::future::{Ready, ready};

/// What the cookie is called.
pub const NAME: &str = "feedbacklus-refresh-token";

/// The one path that reads it.
const PATH: &str = "/v1/auth/tokens";

/// What a request tells of the browser that it came from, if it came from one.
pub struct Browser {
    refresh_token: Option<String>,
    same_origin: bool,
    secure: bool,
    path: String,
}

impl Browser {
    /// The refresh token that the cookie brought.
    pub fn refresh_token(&self) -> Option<&str> {
        self.refresh_token.as_deref()
    }

    /// 403 where a page of another origin asks for a cookie, or to have one used.
    pub fn demand_same_origin(&self) -> Result<()> {
        let detail = "A refresh token is kept in a cookie for pages of this server's own origin only.";
        if self.same_origin { Ok(()) } else { Err(Error::Forbidden(detail.into())) }
    }

    /// The tokens of a sign-in, with the refresh token where it was asked to be.
    pub fn answer(
        &self,
        status: StatusCode,
        mut tokens: Tokens,
        kept: RefreshTokenIn,
    ) -> Result<HttpResponse> {
        let mut response = HttpResponse::build(status);
        if kept == RefreshTokenIn::Cookie
            && let Some(token) = tokens.refresh_token.take()
        {
            let lifetime = time::Duration::seconds(session_lifetime().num_seconds());
            response.cookie(self.cookie(token, lifetime));
        }
        Ok(response.content_type("application/json").body(answer::json(&tokens)?))
    }

    /// 204, with which the browser forgets the cookie if it has one.
    pub fn forget(&self) -> HttpResponse {
        let mut response = HttpResponse::NoContent();
        if self.refresh_token.is_some() {
            response.cookie(self.cookie(String::new(), time::Duration::ZERO));
        }
        response.finish()
    }

    fn cookie(&self, value: String, lifetime: time::Duration) -> Cookie<'static> {
        Cookie::build(NAME, value)
            .path(self.path.clone())
            .max_age(lifetime)
            .http_only(true)
            .same_site(SameSite::Strict)
            .secure(self.secure)
            .finish()
    }
}

impl FromRequest for Browser {
    type Error = Error;
    type Future = Ready<Result<Browser>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let base: Uri = Base::of(request).0.parse().unwrap_or_default();
        let origin = header_text(request.headers(), header::ORIGIN.as_str());
        ready(Ok(Browser {
            refresh_token: request.cookie(NAME).map(|cookie| cookie.value().to_owned()),
            same_origin: is_same_origin(request.headers(), &base),
            // The browser knows its own address, also behind a proxy that tells the server nothing.
            secure: base.scheme_str() == Some("https")
                || origin.is_some_and(|url| url.starts_with("https://")),
            path: format!("{}{PATH}", base.path().trim_end_matches('/')),
        }))
    }
}

/// Browsers say so in `Sec-Fetch-Site`; older ones, and any over plain http, say in `Origin` where the page is from. What is
/// no browser says neither, and brings no cookie that it was not given.
fn is_same_origin(headers: &HeaderMap, own: &Uri) -> bool {
    if let Some(site) = header_text(headers, "sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = header_text(headers, header::ORIGIN.as_str()) else { return true };
    origin
        .parse::<Uri>()
        .is_ok_and(|origin| origin.authority().is_some() && origin.authority() == own.authority())
}

fn header_text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).map(|value| value.to_str().unwrap_or_default())
}
