//! Rows as they are written.

use super::Delimiter;
use super::cell;
use super::columns::Column;
use crate::error::{Error, Result};
use csv::{Terminator, Writer, WriterBuilder};
use serde_json::Value;

/// Rows that are gathered in memory, each ended by CRLF.
pub struct Rows(Writer<Vec<u8>>);

impl Rows {
    pub fn new(delimiter: Delimiter) -> Rows {
        let mut builder = WriterBuilder::new();
        builder.delimiter(delimiter.byte()).terminator(Terminator::CRLF);
        Rows(builder.from_writer(Vec::new()))
    }

    /// A row of cells, written as they are.
    pub fn cells<C: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = C>) -> Result<()> {
        self.0.write_record(cells).map_err(Error::internal)
    }

    /// The row that names the columns.
    pub fn header(&mut self, columns: &[Column]) -> Result<()> {
        self.cells(columns.iter().map(|column| &column.name))
    }

    /// A record, one cell a column.
    pub fn record(&mut self, columns: &[Column], record: &Value) -> Result<()> {
        self.cells(columns.iter().map(|column| cell::write(column.of(record))))
    }

    pub fn into_bytes(self) -> Result<Vec<u8>> {
        self.0.into_inner().map_err(Error::internal)
    }
}
