//! Lists as a whole: CSV or JSON Lines instead of pages, for whoever asks for it in `Accept`. What is sent is what the pages
//! would have shown one after the other. It is read piece by piece, a transaction each, as fast as the client takes it, so
//! that one piece is all that is held of it.

use super::accept::choice;
use super::csv::columns::{self, Column};
use super::csv::write::Rows;
use super::csv::{self, Delimiter};
use super::page::{MAX_LIMIT, Page};
use crate::access::admission::Shapes;
use crate::access::{Guard, Locate, Op, Seen, Tx};
use crate::clock::Instant;
use crate::error::{Error, FieldError, Result};
use crate::ids::Id;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use futures_util::{StreamExt, stream};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use std::future::ready;
use std::sync::Arc;
use std::time::Duration;

/// The media type of JSON texts that are ended by a newline each.
pub const JSON_LINES: &str = "application/jsonl";
/// What a list that is exported comes in.
pub const PRODUCES: &[&str] = &["application/json", csv::MEDIA_TYPE, JSON_LINES];

/// Records that are read at a time.
const PIECE: i64 = MAX_LIMIT;
/// How often a database that is busy is asked again before the export is broken off, and after how long.
const ATTEMPTS: u32 = 5;
const PAUSE: Duration = Duration::from_secs(1);

/// What a list is sent as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Page,
    Csv { delimiter: Delimiter, byte_order_mark: bool },
    JsonLines,
}

impl Form {
    /// What the request asks for. Takes the query keys that belong to it, and leaves those of the list's filter.
    pub(super) fn of(
        request: &HttpRequest,
        query: &mut Map<String, Value>,
        errors: &mut Vec<FieldError>,
    ) -> Form {
        let offers = Shapes::of(request).map_or(&PRODUCES[..1], |shape| shape.produces);
        if !offers.contains(&csv::MEDIA_TYPE) {
            return Form::Page;
        }
        let chosen = choice(request, offers);
        let delimiter = query.remove("delimiter");
        let byte_order_mark = query.remove("byteOrderMark");
        if chosen != Some(csv::MEDIA_TYPE) {
            for (key, given) in [("delimiter", &delimiter), ("byteOrderMark", &byte_order_mark)] {
                if given.is_some() {
                    errors.push(out_of_place(key, "Goes with text/csv alone."));
                }
            }
            return if chosen == Some(JSON_LINES) { Form::JsonLines } else { Form::Page };
        }
        let mut read = |key: &str, given: Option<Value>, choices: &[&str]| {
            let given = given.as_ref().and_then(Value::as_str)?;
            let known = choices.iter().position(|choice| *choice == given);
            if known.is_none() {
                let detail = format!("Must be one of: {}.", choices.join(", "));
                errors.push(FieldError::new(format!("/{key}"), "not_in_enum", detail));
            }
            known
        };
        let delimiter = read("delimiter", delimiter, &Delimiter::NAMES).and_then(|at| Delimiter::ALL.get(at));
        let byte_order_mark = read("byteOrderMark", byte_order_mark, &["false", "true"]) == Some(1);
        Form::Csv { delimiter: delimiter.copied().unwrap_or_default(), byte_order_mark }
    }

    /// The list as a whole has no pages.
    pub(super) fn refuse_page(self, query: &Map<String, Value>, errors: &mut Vec<FieldError>) {
        if self != Form::Page {
            let given = ["limit", "cursor"].into_iter().filter(|key| query.contains_key(*key));
            errors.extend(given.map(|key| out_of_place(key, "The whole list is sent: it has no pages.")));
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Form::Page => "application/json",
            Form::Csv { .. } => csv::CONTENT_TYPE,
            Form::JsonLines => JSON_LINES,
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Form::Page => "json",
            Form::Csv { .. } => "csv",
            Form::JsonLines => "jsonl",
        }
    }
}

fn out_of_place(key: &str, detail: &str) -> FieldError {
    FieldError::new(format!("/{key}"), "unknown_member", detail)
}

/// A list that is being sent.
struct Export<L, R, F> {
    guard: Guard,
    op: Op,
    at: L,
    load: Arc<F>,
    key: fn(&R) -> (Instant, Id),
    /// The piece that comes next; none after the last.
    next: Option<Page>,
    form: Form,
    columns: Vec<Column>,
}

impl Page {
    /// Sends the whole list. What is refused is refused as a problem, before anything is sent; a fault after that breaks
    /// the connection off, which a client tells from an end (RFC 9112, section 8).
    pub(super) async fn whole<L, R, F>(
        self,
        guard: &Guard,
        op: Op,
        at: L,
        load: F,
        key: fn(&R) -> (Instant, Id),
    ) -> Result<HttpResponse>
    where
        L: Locate,
        R: Serialize + JsonSchema + Send + 'static,
        F: Fn(&mut Tx<'_>, &Seen<L::Found>, &Page) -> Result<Vec<R>> + Send + Sync + 'static,
    {
        let form = self.form;
        let disposition = format!("attachment; filename=\"{}.{}\"", self.file_name(), form.extension());
        let mut export = Export {
            guard: guard.clone(),
            op,
            at,
            load: Arc::new(load),
            key,
            next: Some(Page { limit: PIECE, ..self }),
            form,
            columns: columns::of_answer::<R>(),
        };
        let mut first = export.opening()?;
        first.extend(export.piece().await?.unwrap_or_default());
        let rest = stream::try_unfold(export, |mut export| async move {
            let piece = export.patiently().await.inspect_err(|error| {
                log::warn!("an export was broken off: {error}");
            })?;
            Ok::<_, Error>(piece.map(|piece| (Bytes::from(piece), export)))
        });
        let body = stream::once(ready(Ok(Bytes::from(first)))).chain(rest);
        Ok(HttpResponse::Ok()
            .insert_header((header::VARY, "Accept"))
            .insert_header((header::CONTENT_DISPOSITION, disposition))
            .content_type(form.content_type())
            .streaming(body))
    }

    /// What a file of this list is called, from its path.
    fn file_name(&self) -> String {
        let path = self.target.split('?').next().unwrap_or_default().trim_start_matches("/v1/");
        let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
        path.chars().map(plain).collect()
    }
}

impl<L, R, F> Export<L, R, F>
where
    L: Locate,
    R: Serialize + Send + 'static,
    F: Fn(&mut Tx<'_>, &Seen<L::Found>, &Page) -> Result<Vec<R>> + Send + Sync + 'static,
{
    /// What stands before the first record.
    fn opening(&self) -> Result<Vec<u8>> {
        let Form::Csv { delimiter, byte_order_mark } = self.form else { return Ok(Vec::new()) };
        let mut bytes = if byte_order_mark { csv::BYTE_ORDER_MARK.into() } else { Vec::new() };
        let mut rows = Rows::new(delimiter);
        rows.header(&self.columns)?;
        bytes.extend(rows.into_bytes()?);
        Ok(bytes)
    }

    /// The next piece; none at the end. The guard looks anew for each: who may not read on gets no more.
    async fn piece(&mut self) -> Result<Option<Vec<u8>>> {
        let Some(page) = self.next.clone() else { return Ok(None) };
        if self.guard.lasts().is_zero() {
            return Err(Error::Unauthenticated("token_expired"));
        }
        let load = self.load.clone();
        let window = page.clone();
        let work = move |tx: &mut Tx<'_>, seen: Seen<L::Found>| load(tx, &seen, &window);
        let mut rows: Vec<R> = self.guard.read(self.op, self.at.clone(), work).await?;
        let more = rows.len() > page.limit as usize;
        rows.truncate(page.limit as usize);
        let bytes = self.render(&rows)?;
        self.next = rows.last().filter(|_| more).map(|last| Page { after: Some((self.key)(last)), ..page });
        Ok(Some(bytes))
    }

    /// The same, waiting for a database that is busy: the client has half a list.
    async fn patiently(&mut self) -> Result<Option<Vec<u8>>> {
        for _ in 1..ATTEMPTS {
            match self.piece().await {
                Err(Error::Busy(_)) => tokio::time::sleep(PAUSE).await,
                piece => return piece,
            }
        }
        self.piece().await
    }

    fn render(&self, records: &[R]) -> Result<Vec<u8>> {
        if let Form::Csv { delimiter, .. } = self.form {
            let mut rows = Rows::new(delimiter);
            for record in records {
                rows.record(&self.columns, &serde_json::to_value(record).map_err(Error::internal)?)?;
            }
            return rows.into_bytes();
        }
        let mut lines = Vec::with_capacity(768 * records.len());
        for record in records {
            serde_json::to_writer(&mut lines, record).map_err(Error::internal)?;
            lines.push(b'\n');
        }
        Ok(lines)
    }
}
