//! Reports over HTTP.

use super::csv;
use super::types::NetworkReportFilter;
use crate::access::{Guard, InCycle, InNetwork, Op};
use crate::error::Result;
use crate::http::accept::chosen;
use crate::http::answer;
use crate::http::page::{NoFilter, Query};
use crate::http::path::PathId;
use crate::http::precondition::IfNoneMatch;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use schemars::JsonSchema;
use serde::Serialize;

/// The media types a report is made in.
pub const PRODUCES: &[&str] = &["application/json", "text/csv"];

/// Answers the report of a cycle, or 304 while it would be the same.
pub async fn of_cycle(
    cycle: PathId,
    guard: Guard,
    _query: Query<NoFilter>,
    known: IfNoneMatch,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let as_csv = chosen(&request, PRODUCES) == PRODUCES[1];
    let (etag, report) = guard
        .read(Op::GetCycleReport, InCycle(cycle.id), move |tx, seen| {
            let marked = super::mark_cycle(tx, &seen)?;
            let etag = etag(&marked.mark, as_csv);
            if known.names(&etag) {
                return Ok((etag, None));
            }
            Ok((etag, Some(super::of_cycle(tx, &seen, marked.of)?)))
        })
        .await?;
    sent(report.as_ref(), etag, as_csv.then(|| format!("cycle-{}", cycle.id)))
}

/// Answers the report of a network over a period, or 304 while it would be the same.
pub async fn of_network(
    network: PathId,
    guard: Guard,
    query: Query<NetworkReportFilter>,
    known: IfNoneMatch,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let as_csv = chosen(&request, PRODUCES) == PRODUCES[1];
    let (etag, report) = guard
        .read(Op::GetNetworkReport, InNetwork(network.id), move |tx, seen| {
            let marked = super::mark_network(tx, seen.found)?;
            let etag = etag(&marked.mark, as_csv);
            if known.names(&etag) {
                return Ok((etag, None));
            }
            Ok((etag, Some(super::of_network(tx, seen.found, &query.0)?)))
        })
        .await?;
    sent(report.as_ref(), etag, as_csv.then(|| format!("network-{}", network.id)))
}

/// Weak, since the seconds go on.
fn etag(mark: &str, as_csv: bool) -> String {
    format!("W/\"{mark}-{}\"", if as_csv { "csv" } else { "json" })
}

fn sent<R: Serialize + JsonSchema>(
    report: Option<&R>,
    etag: String,
    as_csv: Option<String>,
) -> Result<HttpResponse> {
    let mut response = if report.is_some() { HttpResponse::Ok() } else { HttpResponse::NotModified() };
    response.insert_header((header::ETAG, etag)).insert_header((header::VARY, "Accept"));
    let Some(report) = report else { return Ok(response.finish()) };
    if let Some(name) = as_csv {
        let name = format!("attachment; filename=\"{name}.csv\"");
        response.insert_header((header::CONTENT_DISPOSITION, name));
        return Ok(response.content_type(crate::http::csv::CONTENT_TYPE).body(csv::of(report)?));
    }
    Ok(response.content_type("application/json").body(answer::json(report)?))
}
