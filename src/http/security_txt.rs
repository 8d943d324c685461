//! `/.well-known/security.txt` (RFC 9116): whom to tell of what is not safe here.

use super::public_url::PublicUrl;
use crate::clock;
use crate::error::{Error, Result};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{Duration, SecondsFormat};

pub const PATH: &str = "/.well-known/security.txt";

/// Days that what it says is good for from when it is read; less than a year, as the RFC recommends.
const GOOD_FOR: i64 = 90;

/// Whom to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecurityContact {
    /// `mailto:` or `https:`; none where nobody is named.
    pub contact: Option<String>,
    /// Where it says how reports are dealt with.
    pub policy: Option<String>,
}

/// 404 where nobody is named.
pub async fn security_txt(request: HttpRequest, contact: web::Data<SecurityContact>) -> Result<HttpResponse> {
    let named = contact.contact.as_ref().ok_or(Error::NotFound)?;
    let expires =
        (clock::now().to_chrono() + Duration::days(GOOD_FOR)).to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut text = format!("Contact: {named}\nExpires: {expires}\nPreferred-Languages: nl, en\n");
    let base = request.app_data::<PublicUrl>().and_then(|url| url.0.as_ref());
    if let Some(base) = base {
        text.push_str(&format!("Canonical: {base}{PATH}\n"));
    }
    if let Some(policy) = &contact.policy {
        text.push_str(&format!("Policy: {policy}\n"));
    }
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text))
}
