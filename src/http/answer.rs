//! Answers of single records.

use super::precondition::etag;
use crate::error::{Error, Result};
use crate::record::{Created, Record};
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde::Serialize;

/// 200 with a record and its validator.
pub fn record<R: Record>(record: &R) -> Result<HttpResponse> {
    let mut response = HttpResponse::Ok();
    response.insert_header((header::ETAG, etag(record.version())));
    Ok(response.content_type("application/json").body(json(record)?))
}

/// 201 with a new record and its address; 200 with the stored one where the request was a replay.
pub fn created<R: Record>(created: &Created<R>) -> Result<HttpResponse> {
    let record = &created.record;
    let status = if created.fresh { StatusCode::CREATED } else { StatusCode::OK };
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::ETAG, etag(record.version())))
        .insert_header((header::LOCATION, format!("/v1/{}/{}", R::PATH, record.id())));
    Ok(response.content_type("application/json").body(json(record)?))
}

/// 202 with work that was asked for, and its address; 200 with how it stands where the request was a replay.
pub fn accepted<R: Record>(asked: &Created<R>) -> Result<HttpResponse> {
    let status = if asked.fresh { StatusCode::ACCEPTED } else { StatusCode::OK };
    let mut response = HttpResponse::build(status);
    response.insert_header((header::LOCATION, format!("/v1/{}/{}", R::PATH, asked.record.id())));
    Ok(response.content_type("application/json").body(json(&asked.record)?))
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
