//! Reports over HTTP.

use super::document::Document;
use super::faces::{self, Face};
use super::types::NetworkReportFilter;
use super::{csv, cycle, network, pdf};
use crate::access::{Guard, InCycle, InNetwork, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::language::{negotiated, tag};
use crate::http::page::{NoFilter, Query};
use crate::http::path::PathId;
use crate::http::precondition::IfNoneMatch;
use crate::http::public_url::Base;
use crate::people::types::Locale;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use schemars::JsonSchema;
use serde::Serialize;

pub use faces::PRODUCES;

/// Answers the report of a cycle, or 304 while it would be the same.
pub async fn of_cycle(
    cycle: PathId,
    guard: Guard,
    _query: Query<NoFilter>,
    base: Base,
    known: IfNoneMatch,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let wish = Wish::of(&request, base);
    let (face, language) = (wish.face, wish.language);
    let (etag, report) = guard
        .read(Op::GetCycleReport, InCycle(cycle.id), move |tx, seen| {
            let marked = super::mark_cycle(tx, &seen)?;
            let etag = etag(&marked.mark, face, language);
            if known.names(&etag) {
                return Ok((Some(etag), None));
            }
            Ok((Some(etag), Some(super::of_cycle(tx, &seen, marked.themes)?)))
        })
        .await?;
    wish.answer(report.as_ref(), etag, format!("cycle-{}", cycle.id), cycle::document).await
}

/// Answers the report of a network over a period, or 304 while it would be the same.
pub async fn of_network(
    network: PathId,
    guard: Guard,
    query: Query<NetworkReportFilter>,
    base: Base,
    known: IfNoneMatch,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let wish = Wish::of(&request, base);
    let (face, language) = (wish.face, wish.language);
    // The networks below are told of to those who are told their figures.
    let op = if query.0.with_lineage() { Op::GetNetworkFigures } else { Op::GetNetworkReport };
    let (etag, report) = guard
        .read(op, InNetwork(network.id), move |tx, seen| {
            if query.0.with_lineage() {
                // It changes with the networks below.
                return Ok((None, Some(super::of_network(tx, seen.found, &query.0)?)));
            }
            let etag = etag(&super::mark_network(tx, seen.found)?, face, language);
            if known.names(&etag) {
                return Ok((Some(etag), None));
            }
            Ok((Some(etag), Some(super::of_network(tx, seen.found, &query.0)?)))
        })
        .await?;
    wish.answer(report.as_ref(), etag, format!("network-{}", network.id), network::document).await
}

/// Weak, since the seconds go on. Different for each face, and for each language of a face that speaks.
fn etag(mark: &str, face: Face, language: Locale) -> String {
    let name = face.name();
    if face.speaks() {
        format!("W/\"{mark}-{name}-{}\"", tag(language))
    } else {
        format!("W/\"{mark}-{name}\"")
    }
}

/// What a client wants a report in.
pub struct Wish {
    pub face: Face,
    pub language: Locale,
    base: Base,
}

impl Wish {
    pub fn of(request: &HttpRequest, base: Base) -> Wish {
        Wish { face: Face::of(request), language: negotiated(None, request), base }
    }

    /// The report in its face; without one, that nothing has changed. `file` is what it is called where it is kept as a file,
    /// without its end.
    pub async fn answer<R: Serialize + JsonSchema>(
        &self,
        report: Option<&R>,
        etag: Option<String>,
        file: String,
        document: fn(&R, Locale) -> Document,
    ) -> Result<HttpResponse> {
        let mut response = if report.is_some() { HttpResponse::Ok() } else { HttpResponse::NotModified() };
        response.insert_header((header::VARY, "Accept, Accept-Language"));
        if let Some(etag) = etag {
            response.insert_header((header::ETAG, etag));
        }
        if self.face.speaks() {
            response.insert_header((header::CONTENT_LANGUAGE, tag(self.language)));
        }
        let Some(report) = report else { return Ok(response.finish()) };
        let body = match self.face {
            Face::Json => Bytes::from(answer::json(report)?),
            Face::Csv => Bytes::from(csv::of(report, self.language)?),
            Face::Html => faces::page(&self.base.0, &document(report, self.language))?,
            Face::Pdf => {
                let document = document(report, self.language);
                response.insert_header(pdf::named(&file, &document));
                Bytes::from(pdf::print(document).await?)
            }
            Face::Xlsx => faces::workbook(&self.base.0, &document(report, self.language))?,
        };
        for header in self.face.headers(file) {
            response.insert_header(header);
        }
        Ok(response.content_type(self.face.content_type()).body(body))
    }
}
