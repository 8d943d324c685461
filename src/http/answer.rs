//! Answers of single records.

use super::precondition::etag;
use crate::error::{Error, Result};
use crate::privacy_warnings::types::PrivacyWarning;
use crate::record::{Created, Record};
use crate::screening::Answered;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde::Serialize;

/// A record to answer with, and the warnings of the texts that it was written with.
pub trait Shown {
    type Record: Record;

    fn record(&self) -> &Self::Record;
    fn warnings(&self) -> &[PrivacyWarning];
}

impl<R: Record> Shown for R {
    type Record = R;

    fn record(&self) -> &R {
        self
    }
    fn warnings(&self) -> &[PrivacyWarning] {
        &[]
    }
}

impl<R: Record> Shown for Answered<R> {
    type Record = R;

    fn record(&self) -> &R {
        &self.value
    }
    fn warnings(&self) -> &[PrivacyWarning] {
        &self.warnings
    }
}

/// 200 with a record and its validator.
pub fn record(shown: &impl Shown) -> Result<HttpResponse> {
    let mut response = HttpResponse::Ok();
    response.insert_header((header::ETAG, etag(shown.record().version())));
    Ok(response.content_type("application/json").body(shown_body(shown)?))
}

/// 201 with a new record and its address; 200 with the stored one where the request was a replay.
pub fn created<R: Record>(created: &Answered<Created<R>>) -> Result<HttpResponse> {
    let Created { record, fresh } = &created.value;
    let status = if *fresh { StatusCode::CREATED } else { StatusCode::OK };
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::ETAG, etag(record.version())))
        .insert_header((header::LOCATION, format!("/v1/{}/{}", R::PATH, record.id())));
    Ok(response.content_type("application/json").body(body(record, &created.warnings)?))
}

/// The JSON of a record that is answered with.
pub fn shown_body(shown: &impl Shown) -> Result<Vec<u8>> {
    body(shown.record(), shown.warnings())
}

/// A record, with `warnings` beside its members where there are any.
fn body(record: &impl Serialize, warnings: &[PrivacyWarning]) -> Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Warned<'a, R> {
        #[serde(flatten)]
        record: &'a R,
        warnings: &'a [PrivacyWarning],
    }
    if warnings.is_empty() { json(record) } else { json(&Warned { record, warnings }) }
}

/// 202 with work that was asked for, and its address; 200 with how it stands where the request was a replay.
pub fn accepted<R: Record>(asked: &Answered<Created<R>>) -> Result<HttpResponse> {
    let Created { record, fresh } = &asked.value;
    let status = if *fresh { StatusCode::ACCEPTED } else { StatusCode::OK };
    let mut response = HttpResponse::build(status);
    response.insert_header((header::LOCATION, format!("/v1/{}/{}", R::PATH, record.id())));
    Ok(response.content_type("application/json").body(body(record, &asked.warnings)?))
}

/// 200 with what is no record: it has no version and so no validator.
pub fn value(value: &impl Serialize) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().content_type("application/json").body(json(value)?))
}

pub fn text(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

pub fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    // Most records fit.
    let mut body = Vec::with_capacity(1024);
    serde_json::to_writer(&mut body, value).map_err(Error::internal)?;
    Ok(body)
}
