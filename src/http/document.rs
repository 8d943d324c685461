//! Documents: answers that are made to be read as they are, such as a page or a feed.

use super::language::tag;
use super::precondition::IfNoneMatch;
use crate::people::types::Locale;
use actix_web::HttpResponse;
use actix_web::http::header;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// A document, ready to be sent.
pub struct Document {
    pub body: String,
    /// With its parameters.
    pub media_type: &'static str,
    pub language: Locale,
    /// What the request said that it goes by.
    pub vary: &'static str,
    /// Further headers.
    pub headers: Vec<(header::HeaderName, String)>,
}

impl Document {
    /// 200 with the document, or 304 where the caller has it. Its validator is made of its text, and so is always right:
    /// a document is made of records of many networks, which have no one number.
    pub fn answer(self, known: &IfNoneMatch) -> HttpResponse {
        let digest = Sha256::digest(&self.body);
        let etag = format!("W/\"{}\"", URL_SAFE_NO_PAD.encode(&digest[..12]));
        let unchanged = known.names(&etag);
        let mut response = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        response
            .insert_header((header::ETAG, etag))
            .insert_header((header::VARY, self.vary))
            .insert_header((header::CONTENT_LANGUAGE, tag(self.language)));
        for (name, value) in self.headers {
            response.insert_header((name, value));
        }
        if unchanged { response.finish() } else { response.content_type(self.media_type).body(self.body) }
    }
}

/// The `Content-Security-Policy` of a page that needs nothing but this style sheet, which is a part of it: nothing else is
/// loaded, run or sent.
pub fn policy(style: &str) -> String {
    let source = style_source(style);
    format!(
        "default-src 'none'; style-src {source}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

/// What a policy calls a style sheet that is a part of a page: by its text, so that no other may be.
pub fn style_source(style: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(style)))
}
