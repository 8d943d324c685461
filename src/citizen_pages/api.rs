//! The page for a citizen over HTTP, for the coordinator who hands it out.

use super::page::{CONTENT_TYPE, Face, POLICY, html};
use crate::access::{Guard, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::language::{negotiated, tag};
use crate::http::page::{NoFilter, Query};
use crate::http::path::PathId;
use crate::people::types::Locale;
use crate::pseudonyms::OnePseudonym;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};

pub use super::page::PRODUCES;

pub async fn get(
    pseudonym: PathId,
    guard: Guard,
    _query: Query<NoFilter>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let (face, language) = (Face::of(&request), negotiated(None, &request));
    let page = guard
        .read(Op::GetCitizenPage, OnePseudonym(pseudonym.id), |tx, seen| super::of_pseudonym(tx, &seen.found))
        .await?;
    let mut response = match face {
        Face::Json => answer::value(&page)?,
        Face::Html => read_by_citizen(StatusCode::OK, html(&page, None, language)?, language),
    };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept, Accept-Language"));
    Ok(response)
}

/// What a citizen reads. No other site learns from where they came, and nobody is to find it by searching.
pub fn read_by_citizen(status: StatusCode, body: String, language: Locale) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY.clone()))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header(("X-Robots-Tag", "noindex, nofollow"))
        .insert_header((header::CONTENT_LANGUAGE, tag(language)))
        .content_type(CONTENT_TYPE)
        .body(body)
}
