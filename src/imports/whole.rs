//! Files that are taken as a whole or not at all: every bad line is told at once, and then none is taken.

use super::lines::{Format, Line, Lines, Names, TAKES, column_of};
use super::source::{Source, not_whole};
use super::types::{Columns, Dates};
use crate::error::{Error, FieldError, Result};
use crate::http::arriving::Arriving;
use crate::http::body::{Input, said_length, sent_in};
use crate::http::csv::Delimiter;
use actix_web::HttpRequest;

/// A file in CSV that is about to be read.
pub struct Accepted {
    most_bytes: u64,
}

/// The lines of a file.
pub struct Sheet<B> {
    lines: Vec<Line<B>>,
    names: Names,
}

/// 415 for what is no CSV, 413 for what says that it is larger than is read.
pub fn accept(request: &HttpRequest, most_bytes: u64) -> Result<Accepted> {
    if !sent_in(request, TAKES[0]) {
        return Err(Error::UnsupportedMediaType(TAKES[0]));
    }
    if said_length(request).is_some_and(|length| length > most_bytes) {
        return Err(Error::TooLarge(usize::try_from(most_bytes).unwrap_or(usize::MAX)));
    }
    Ok(Accepted { most_bytes })
}

impl Accepted {
    /// Reads all of it. `columns` is a mapping of columns to members. 400 where its columns are not known, where it holds
    /// nothing or more lines than this.
    pub async fn read<B: Input>(
        self,
        file: Arriving,
        columns: Option<&str>,
        delimiter: Option<Delimiter>,
        most_lines: usize,
    ) -> Result<Sheet<B>> {
        let columns = columns.map(Columns::read).transpose()?.unwrap_or_default();
        let source = Source::open(file, self.most_bytes).await?;
        let format = Format::Csv { delimiter, dates: Dates::Iso };
        let (mut reader, names) = Lines::open(source, format, columns).await?;
        let mut lines = Vec::new();
        loop {
            let chunk = reader.chunk().await;
            let chunk = chunk.map_err(|broken| broken.refused(self.most_bytes, not_whole))?;
            if chunk.is_empty() {
                break;
            }
            lines.extend(chunk);
            if lines.len() > most_lines {
                let detail = format!("The file has more than {most_lines} lines below its header.");
                return Err(Error::invalid_body(vec![FieldError::new("/lines", "too_many", detail)]));
            }
        }
        if lines.is_empty() {
            let detail = "The file has no lines below its header.";
            return Err(Error::invalid_body(vec![FieldError::new("/lines", "too_few", detail)]));
        }
        Ok(Sheet { lines, names })
    }
}

impl<B> Sheet<B> {
    /// What all lines say. 400 with every fault of every line, also those that `judge` finds in one that is right by
    /// itself: the pointer begins with the line (`/lines/12/amount`), and the words name line and column.
    pub fn all(self, mut judge: impl FnMut(&B) -> Option<FieldError>) -> Result<Vec<B>> {
        let (mut bodies, mut faults) = (Vec::new(), Vec::new());
        for Line { number, body } in self.lines {
            let found = match body {
                Ok(body) => {
                    let fault = judge(&body);
                    bodies.push(body);
                    Vec::from_iter(fault)
                }
                Err(Error::Invalid { errors, .. }) => errors,
                Err(Error::TooLarge(bound)) => {
                    vec![FieldError::new("", "too_long", format!("Must have at most {bound} bytes."))]
                }
                Err(error) => return Err(error),
            };
            faults.extend(found.into_iter().map(|fault| in_line(number, &self.names, fault)));
        }
        if faults.is_empty() { Ok(bodies) } else { Err(Error::invalid_body(faults)) }
    }
}

fn in_line(number: u64, names: &Names, fault: FieldError) -> FieldError {
    let column = column_of(names, &fault.pointer).map(|name| format!(", column {name}")).unwrap_or_default();
    FieldError {
        detail: format!("Line {number}{column}: {}", fault.detail),
        pointer: format!("/lines/{number}{}", fault.pointer),
        ..fault
    }
}
