//! Lists as a whole: CSV, JSON Lines or XLSX instead of pages, for whoever asks for it. What is sent is what the pages would
//! have shown one after the other. It is read piece by piece, a transaction each, so that one piece is all that is held of
//! it: as fast as the client takes it, or, since a workbook is a zip that is only known at its end, into a file first.

use super::accept::chosen;
use super::csv::columns::{self, Column};
use super::csv::write::Rows;
use super::csv::{self, Delimiter};
use super::page::{MAX_LIMIT, Page};
use super::xlsx::{self, Table};
use crate::access::admission::Shapes;
use crate::access::{Guard, Locate, Op, Seen, Tx};
use crate::clock::{self, Instant};
use crate::error::{Error, FieldError, Result};
use crate::ids::Id;
use actix_web::http::header;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::{StreamExt, stream};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use std::fs::File;
use std::future::ready;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The media type of JSON texts that are ended by a newline each.
pub const JSON_LINES: &str = "application/jsonl";
/// What a list that is exported comes in.
pub const PRODUCES: &[&str] = &["application/json", csv::MEDIA_TYPE, JSON_LINES, xlsx::MEDIA_TYPE];

/// Records that are read at a time.
const PIECE: i64 = MAX_LIMIT;
/// How often a database that is busy is asked again before the export is broken off, and after how long.
const ATTEMPTS: u32 = 5;
const PAUSE: Duration = Duration::from_secs(1);

/// Each workbook that is being written keeps a core busy; two keep the rest of the server alive.
static WORKBOOKS: Semaphore = Semaphore::const_new(2);

/// What a list is sent as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Page,
    Csv { delimiter: Delimiter, byte_order_mark: bool },
    JsonLines,
    Xlsx,
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
        let chosen = chosen(request, offers);
        let delimiter = query.remove("delimiter");
        let byte_order_mark = query.remove("byteOrderMark");
        if chosen != csv::MEDIA_TYPE {
            for (key, given) in [("delimiter", &delimiter), ("byteOrderMark", &byte_order_mark)] {
                if given.is_some() {
                    errors.push(out_of_place(key, "Goes with text/csv alone."));
                }
            }
            return match chosen {
                JSON_LINES => Form::JsonLines,
                xlsx::MEDIA_TYPE => Form::Xlsx,
                _ => Form::Page,
            };
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
            Form::Xlsx => xlsx::MEDIA_TYPE,
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Form::Page => "json",
            Form::Csv { .. } => "csv",
            Form::JsonLines => "jsonl",
            Form::Xlsx => "xlsx",
        }
    }
}

fn out_of_place(key: &str, detail: &str) -> FieldError {
    FieldError::new(format!("/{key}"), "inconsistent", detail)
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
        let name = self.list_name();
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
        let mut response = HttpResponse::Ok();
        response
            .insert_header((header::VARY, "Accept"))
            .insert_header((header::CONTENT_DISPOSITION, disposition))
            .content_type(form.content_type());
        if form == Form::Xlsx {
            return Ok(response.body(xlsx::file::body(export.workbook(name).await?)?));
        }
        let mut first = export.opening()?;
        let records = export.records().await?;
        first.extend(export.rendered(records)?.unwrap_or_default());
        let rest = stream::try_unfold(export, |mut export| async move {
            let piece = export.patiently().await.and_then(|records| export.rendered(records));
            let piece = piece.inspect_err(|error| log::warn!("an export was broken off: {error}"))?;
            Ok::<_, Error>(piece.map(|piece| (Bytes::from(piece), export)))
        });
        let body = stream::once(ready(Ok(Bytes::from(first)))).chain(rest);
        Ok(response.streaming(body))
    }

    /// What this list is called, from the end of its path.
    fn list_name(&self) -> String {
        let path = self.target.split('?').next().unwrap_or_default();
        path.rsplit('/').next().unwrap_or_default().to_owned()
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

    fn rendered(&self, records: Option<Vec<R>>) -> Result<Option<Vec<u8>>> {
        records.map(|records| self.render(&records)).transpose()
    }

    /// All pieces in a workbook. The first is read before anything else: who may not read makes nothing wait.
    async fn workbook(mut self, name: String) -> Result<File> {
        let mut piece = self.records().await?;
        let _permit = WORKBOOKS.acquire().await.map_err(Error::internal)?;
        let columns = std::mem::take(&mut self.columns);
        let mut table = apart(move || Table::new(&name, columns, clock::now())).await?;
        while let Some(records) = piece {
            table = apart(move || {
                table.records(&records)?;
                Ok(table)
            })
            .await?;
            piece = self.patiently().await?;
        }
        apart(move || table.finish()).await
    }

    /// The next records; none at the end. The guard looks anew for each piece: who may not read on gets no more.
    async fn records(&mut self) -> Result<Option<Vec<R>>> {
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
        self.next = rows.last().filter(|_| more).map(|last| Page { after: Some((self.key)(last)), ..page });
        Ok(Some(rows))
    }

    /// The same, waiting for a database that is busy: half of the list is read.
    async fn patiently(&mut self) -> Result<Option<Vec<R>>> {
        for _ in 1..ATTEMPTS {
            match self.records().await {
                Err(Error::Busy(_)) => tokio::time::sleep(PAUSE).await,
                records => return records,
            }
        }
        self.records().await
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

/// Work that blocks, off the workers.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    web::block(work).await.map_err(Error::internal)?
}
