//! Reports over HTTP.

use super::faces::{self, Face};
use super::{csv, cycle, pdf, rules};
use crate::access::{Guard, InCycle, Op};
use crate::change_log;
use crate::cycles;
use crate::error::{Error, Result};
use crate::http::answer;
use crate::http::language::{negotiated, tag};
use crate::http::page::{NoFilter, Query};
use crate::http::path::PathId;
use crate::http::precondition::IfNoneMatch;
use crate::http::public_url::Base;
use crate::loops;
use crate::people::types::Locale;
use crate::themes;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

pub use faces::PRODUCES;

/// Answers the report, or 304 while nothing has changed since: the validator is made of the network's change number, the
/// versions of the cycle's themes, which belong to no network, the face and its language, and the calendar day that ages
/// are counted from. It is weak, since the seconds go on.
pub async fn of_cycle(
    cycle: PathId,
    guard: Guard,
    _query: Query<NoFilter>,
    base: Base,
    known: IfNoneMatch,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let wish = Wish { face: Face::of(&request), language: negotiated(None, &request) };
    let (etag, report) = guard
        .read(Op::GetCycleReport, InCycle(cycle.id), move |tx, seen| {
            let number = change_log::last_number(tx.conn(), seen.found.network_id)?;
            let themes = themes::of_cycle(tx, seen.found.network_id, seen.found.id)?;
            // Which themes they are is told by the number; of these, each version is higher than the one before.
            let titles: i32 = themes.iter().map(|theme| theme.version).sum();
            let etag = wish.validator(&format!("{number}-{titles}-{}", tx.now.day()));
            if known.names(&etag) {
                return Ok((etag, None));
            }
            let whole = cycles::find(tx, seen.found.id)?.ok_or(Error::NotFound)?;
            let facts = loops::facts(tx, seen.found.network_id, seen.found.id)?;
            Ok((etag, Some(rules::report(whole, &themes, facts, tx.now))))
        })
        .await?;
    let Some(report) = report else {
        return Ok(wish.begin(HttpResponse::NotModified(), etag).finish());
    };
    let body = match wish.face {
        Face::Json => answer::json(&report)?.into(),
        Face::Csv => Bytes::from(csv::of_cycle(&report, wish.language)?),
        Face::Html => faces::page(&base.0, &cycle::document(&report, wish.language))?,
        Face::Pdf => Bytes::from(pdf::print(cycle::document(&report, wish.language)).await?),
        Face::Xlsx => faces::workbook(&base.0, &cycle::document(&report, wish.language))?,
    };
    let mut response = wish.begin(HttpResponse::Ok(), etag);
    for header in wish.face.headers(format_args!("cycle-{}", cycle.id), &report.cycle.learning_question) {
        response.insert_header(header);
    }
    Ok(response.content_type(wish.face.content_type()).body(body))
}

/// What a client wants a report in.
#[derive(Clone, Copy)]
struct Wish {
    face: Face,
    language: Locale,
}

impl Wish {
    /// Different for each face, and for each language of a face that speaks.
    fn validator(self, state: &str) -> String {
        let face = self.face.name();
        if self.face.speaks() {
            format!("W/\"{state}-{face}-{}\"", tag(self.language))
        } else {
            format!("W/\"{state}-{face}\"")
        }
    }

    /// The headers of an answer with a report, or without since nothing changed.
    fn begin(self, mut response: HttpResponseBuilder, etag: String) -> HttpResponseBuilder {
        response.insert_header((header::ETAG, etag)).insert_header((header::VARY, "Accept, Accept-Language"));
        if self.face.speaks() {
            response.insert_header((header::CONTENT_LANGUAGE, tag(self.language)));
        }
        response
    }
}
