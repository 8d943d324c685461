//! The lines of a file, each parsed as the body that it is.

use super::dates;
use super::mapping::Mapping;
use super::source::{Source, not_utf8};
use super::types::{Columns, Dates};
use crate::error::{Error, FieldError, Result};
use crate::http::arriving::Broken;
use crate::http::body::{self, Input, MAX_BODY};
use crate::http::csv::columns::{self, Column, Kind};
use crate::http::csv::read::{Row, Rows};
use crate::http::csv::{self, Delimiter, cell};
use crate::http::export::JSON_LINES;
use crate::http::text::canonical;
use serde_json::{Map, Value};
use std::marker::PhantomData;
use std::sync::Arc;

/// The media types of files.
pub const TAKES: &[&str] = &[csv::MEDIA_TYPE, JSON_LINES];
/// Lines of a chunk at most, and bytes after which it takes no more.
const LINES: usize = 200;
const BYTES: usize = 1024 * 1024;

/// How a file is written.
pub enum Format {
    Csv { delimiter: Option<Delimiter>, dates: Dates },
    JsonLines,
}

/// What the columns of a file are called: the pointer of each member, and its column.
pub type Names = Arc<Vec<(String, String)>>;

/// The column that a pointer leads to or into.
pub fn column_of<'n>(names: &'n Names, pointer: &str) -> Option<&'n str> {
    let leads = |member: &str| {
        pointer.strip_prefix(member).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    names.iter().find(|(member, _)| leads(member)).map(|(_, column)| column.as_str())
}

pub struct Line<B> {
    pub number: u64,
    pub body: Result<B>,
}

pub struct Lines<B> {
    source: Source,
    reader: Reader,
    body: PhantomData<fn() -> B>,
}

enum Reader {
    Csv { rows: Box<Rows>, header: Vec<Option<Column>>, dates: Dates },
    Json { mapping: Mapping, members: Vec<Column>, line: Vec<u8>, too_long: bool, number: u64 },
}

impl<B: Input> Lines<B> {
    /// Reads as far as the first record, and refuses a file whose columns are not known.
    pub async fn open(mut source: Source, format: Format, columns: Columns) -> Result<(Lines<B>, Names)> {
        let members = columns::of_input::<B>();
        let (reader, names) = match format {
            Format::JsonLines => {
                let mut members: Vec<Column> = members.iter().map(Column::outermost).collect();
                members.dedup();
                let mapping = Mapping::new(columns, &members)?;
                (
                    Reader::Json { mapping, members, line: Vec::new(), too_long: false, number: 0 },
                    Names::default(),
                )
            }
            Format::Csv { delimiter, dates } => {
                let mapping = Mapping::new(columns, &members)?;
                let delimiter = match delimiter {
                    Some(delimiter) => delimiter,
                    None => Delimiter::of_header(source.first_line().await?),
                };
                let mut rows = Rows::new(delimiter, MAX_BODY);
                let names = header(&mut source, &mut rows).await?;
                let header = mapping.of_header(&names, &members)?;
                let pointers = header.iter().zip(names);
                let names = pointers.filter_map(|(column, name)| Some((column.as_ref()?.pointer(), name)));
                let names = Arc::new(names.collect());
                (Reader::Csv { rows: Box::new(rows), header, dates }, names)
            }
        };
        Ok((Lines { source, reader, body: PhantomData }, names))
    }

    /// The next lines; none at the end.
    pub async fn chunk(&mut self) -> Result<Vec<Line<B>>, Broken> {
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        while chunk.len() < LINES && bytes < BYTES {
            let Some((number, line)) = self.line().await? else { break };
            bytes += line.as_ref().map_or(0, Vec::len);
            chunk.push(Line { number, body: line.and_then(|line| body::parse(&line)) });
        }
        Ok(chunk)
    }

    /// Reads past all that is still to come.
    pub async fn skip(&mut self) -> Result<(), Broken> {
        loop {
            let there = self.source.more().await?.len();
            if there == 0 {
                return Ok(());
            }
            self.source.take(there);
        }
    }

    /// The next line as the JSON of its body, with its number.
    async fn line(&mut self) -> Result<Option<(u64, Result<Vec<u8>>)>, Broken> {
        match &mut self.reader {
            Reader::Csv { rows, header, dates } => {
                let row = next_row(&mut self.source, rows).await?;
                Ok(row.map(|row| (rows.began_on(), record(row, header, *dates))))
            }
            Reader::Json { mapping, members, line, too_long, number } => {
                while let Some(whole) = next_line(&mut self.source, line, too_long, number).await? {
                    let found = std::mem::take(line);
                    if !whole {
                        return Ok(Some((*number, Err(too_large()))));
                    }
                    if !found.trim_ascii().is_empty() {
                        return Ok(Some((*number, json(found, mapping, members))));
                    }
                }
                Ok(None)
            }
        }
    }
}

/// The names in the first row. 400 where there is none.
async fn header(source: &mut Source, rows: &mut Rows) -> Result<Vec<String>> {
    let fault = |detail: &str| {
        let errors = vec![FieldError::new("", "required", detail)];
        Err(Error::Invalid { code: "invalid_columns", errors })
    };
    match next_row(source, rows).await {
        Ok(Some(Row::Cells(cells))) => {
            let name = |cell: Vec<u8>| {
                let name = String::from_utf8(cell).map_err(|_| not_utf8("The header is not in UTF-8."))?;
                Ok(canonical(&name).into_owned())
            };
            cells.into_iter().map(name).collect()
        }
        Ok(Some(Row::TooLong)) => Err(too_large()),
        Ok(Some(Row::QuoteLeftOpen)) => fault("The header has a quote that is not closed."),
        Ok(None) => fault("The file has no header row, which names its columns."),
        Err(Broken::Late) => Err(Error::Late),
        Err(broken) => fault(&format!("The header did not arrive: {broken}.")),
    }
}

async fn next_row(source: &mut Source, rows: &mut Rows) -> Result<Option<Row>, Broken> {
    loop {
        let mut input = source.more().await?;
        let there = input.len();
        let row = rows.next(&mut input);
        let taken = there - input.len();
        source.take(taken);
        if row.is_some() || there == 0 {
            return Ok(row);
        }
    }
}

/// Reads to the end of a line: whether it is all there, or too long and read past. None at the end of the file.
async fn next_line(
    source: &mut Source,
    line: &mut Vec<u8>,
    too_long: &mut bool,
    number: &mut u64,
) -> Result<Option<bool>, Broken> {
    loop {
        let input = source.more().await?;
        let end = input.iter().position(|byte| *byte == b'\n');
        let part = &input[..end.unwrap_or(input.len())];
        if line.len() + part.len() > MAX_BODY {
            *too_long = true;
            line.clear();
        }
        if !*too_long {
            line.extend_from_slice(part);
        }
        let over = input.is_empty();
        let taken = part.len() + usize::from(end.is_some());
        source.take(taken);
        if over && line.is_empty() && !*too_long {
            return Ok(None);
        }
        if over || end.is_some() {
            *number += 1;
            return Ok(Some(!std::mem::take(too_long)));
        }
    }
}

fn json(line: Vec<u8>, mapping: &Mapping, members: &[Column]) -> Result<Vec<u8>> {
    if std::str::from_utf8(&line).is_err() {
        return Err(not_utf8("The line is not in UTF-8."));
    }
    Ok(mapping.of_line(&line, members)?.unwrap_or(line))
}

/// The JSON of a row's body. What a cell cannot say is told with its member's pointer.
fn record(row: Row, header: &[Option<Column>], dates: Dates) -> Result<Vec<u8>> {
    let cells = match row {
        Row::Cells(cells) => cells,
        Row::TooLong => return Err(too_large()),
        Row::QuoteLeftOpen => {
            let detail = "A quote is opened in this line, or below it, and never closed.";
            return Err(Error::invalid_body(vec![FieldError::new("", "quote_left_open", detail)]));
        }
    };
    if cells.len() != header.len() {
        let detail = format!("The line has {} cells, the header {}.", cells.len(), header.len());
        return Err(Error::invalid_body(vec![FieldError::new("", "ragged", detail)]));
    }
    let (mut record, mut faults) = (Map::new(), Vec::new());
    for (bytes, column) in cells.iter().zip(header) {
        let Some(column) = column else { continue };
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Err(not_utf8("The line is not in UTF-8; it may be in Windows-1252."));
        };
        match cell::read(text, column.kind) {
            Ok(Some(value)) => column.put(&mut record, dated(value, column.kind, dates)),
            Ok(None) => {}
            Err(cell::Unreadable { code, detail }) => {
                faults.push(FieldError::new(column.pointer(), code, detail));
            }
        }
    }
    if !faults.is_empty() {
        return Err(Error::invalid_body(faults));
    }
    serde_json::to_vec(&record).map_err(Error::internal)
}

/// A date or a time as the contract writes it, where it may be written otherwise.
fn dated(value: Value, kind: Kind, dates: Dates) -> Value {
    let read = match (dates, kind) {
        (Dates::Dutch, Kind::Instant) => dates::instant,
        (Dates::Dutch, Kind::Day) => dates::day,
        _ => return value,
    };
    value.as_str().and_then(read).map_or(value, Value::String)
}

fn too_large() -> Error {
    Error::TooLarge(MAX_BODY)
}
