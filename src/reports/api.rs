//! Reports over HTTP.

use super::{csv, rules};
use crate::access::{Guard, InCycle, Op};
use crate::change_log;
use crate::cycles;
use crate::error::{Error, Result};
use crate::http::accept::chosen;
use crate::http::answer;
use crate::http::page::{NoFilter, Query};
use crate::http::path::PathId;
use crate::http::precondition::IfNoneMatch;
use crate::loops;
use crate::themes;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

/// The media types a report is made in.
pub const PRODUCES: &[&str] = &["application/json", "text/csv"];

/// Answers the report, or 304 while nothing has changed since: the validator is made of the network's change number, the
/// versions of the cycle's themes, which belong to no network, the format, and the calendar day that ages are counted
/// from. It is weak, since the seconds go on.
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
            let number = change_log::last_number(tx.conn(), seen.found.network_id)?;
            let themes = themes::of_cycle(tx, seen.found.network_id, seen.found.id)?;
            // Which themes they are is told by the number; of these, each version is higher than the one before.
            let titles: i32 = themes.iter().map(|theme| theme.version).sum();
            let day = tx.now.day();
            let etag = format!("W/\"{number}-{titles}-{day}-{}\"", if as_csv { "csv" } else { "json" });
            if known.names(&etag) {
                return Ok((etag, None));
            }
            let whole = cycles::find(tx, seen.found.id)?.ok_or(Error::NotFound)?;
            let facts = loops::facts(tx, seen.found.network_id, seen.found.id)?;
            Ok((etag, Some(rules::report(whole, &themes, facts, tx.now))))
        })
        .await?;
    let Some(report) = report else {
        return Ok(HttpResponse::NotModified()
            .insert_header((header::ETAG, etag))
            .insert_header((header::VARY, "Accept"))
            .finish());
    };
    let mut response = HttpResponse::Ok();
    response.insert_header((header::ETAG, etag)).insert_header((header::VARY, "Accept"));
    if as_csv {
        let name = format!("attachment; filename=\"cycle-{}.csv\"", cycle.id);
        response.insert_header((header::CONTENT_DISPOSITION, name));
        return Ok(response.content_type(crate::http::csv::CONTENT_TYPE).body(csv::of_cycle(&report)?));
    }
    Ok(response.content_type("application/json").body(answer::json(&report)?))
}
