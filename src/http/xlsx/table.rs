//! Records as rows of a workbook, which goes to disk as it grows: no more than a row of it is held.

use super::cell::{self, Cell};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::csv::columns::{Column, Kind};
use rust_xlsxwriter::{ColNum, DocProperties, Format, RowNum, Workbook, Worksheet, XlsxError};
use serde::Serialize;
use std::fs::File;
use std::io::{Seek, Write};

/// What goes on a sheet: as many rows as spreadsheets have, the header among them, and no more bytes than a zip holds
/// without a form that spreadsheets mistrust, which is 4 GiB.
const BOUNDS: Bounds = Bounds { rows: 1_048_576, bytes: 3 << 30 };
/// The longest name of a sheet, with room for its number.
const LONGEST_NAME: usize = 25;
/// How wide columns are, in characters.
const WIDTHS: (usize, usize) = (8, 60);
/// What of a header's width its filter takes.
const FILTER_WIDTH: usize = 3;

/// A workbook that is being written. What is done with it blocks.
pub struct Table {
    book: Workbook,
    name: String,
    columns: Vec<Column>,
    formats: Formats,
    bounds: Bounds,
    sheet: Sheet,
}

#[derive(Clone, Copy)]
struct Bounds {
    rows: RowNum,
    bytes: u64,
}

/// The sheet that is written to.
struct Sheet {
    at: usize,
    rows: RowNum,
    bytes: u64,
    widths: Vec<usize>,
}

struct Formats {
    header: Format,
    moment: Format,
    day: Format,
    /// A text that stays one when its cell is edited.
    ominous: Format,
}

impl Table {
    /// A workbook with the header row on its first sheet. The sheets are called by the name; a moment is that of Europe/Amsterdam,
    /// and the header says so.
    pub fn new(name: &str, columns: Vec<Column>, made: Instant) -> Result<Table> {
        let mut book = Workbook::new();
        let made = DocProperties::new().set_creation_datetime(&made.to_chrono().naive_utc());
        book.set_properties(&made);
        let formats = Formats {
            header: Format::new().set_bold(),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            ominous: Format::new().set_quote_prefix(),
        };
        let name = name.chars().take(LONGEST_NAME).collect();
        let sheet = Sheet { at: 0, rows: 0, bytes: 0, widths: Vec::new() };
        let mut table = Table { book, name, columns, formats, bounds: BOUNDS, sheet };
        table.begin_sheet(0).map_err(Error::internal)?;
        Ok(table)
    }

    /// Adds a row for each record.
    pub fn records<R: Serialize>(&mut self, records: &[R]) -> Result<()> {
        for record in records {
            let record = serde_json::to_value(record).map_err(Error::internal)?;
            let values = self.columns.iter().map(|column| Some(cell::of(column.kind, column.of(&record)?)));
            let cells: Vec<Option<Cell<'_>>> = values.collect();
            self.row(&cells).map_err(Error::internal)?;
        }
        Ok(())
    }

    /// The whole workbook, in a file without a name, which is gone when it is closed.
    pub fn finish(mut self) -> Result<File> {
        self.end_sheet().map_err(Error::internal)?;
        let mut file = tempfile::tempfile().map_err(Error::internal)?;
        let mut writer = std::io::BufWriter::new(&file);
        self.book.save_to_writer(&mut writer).map_err(Error::internal)?;
        writer.flush().map_err(Error::internal)?;
        drop(writer);
        file.rewind().map_err(Error::internal)?;
        Ok(file)
    }

    fn row(&mut self, cells: &[Option<Cell<'_>>]) -> Result<(), XlsxError> {
        let weight: u64 = 40 + cells.iter().flatten().map(Cell::weight).sum::<u64>();
        if self.sheet.rows == self.bounds.rows || self.sheet.bytes + weight > self.bounds.bytes {
            self.end_sheet()?;
            self.begin_sheet(self.sheet.at + 1)?;
        }
        let (sheet, formats) = (&mut self.sheet, &self.formats);
        let page = self.book.worksheet_from_index(sheet.at)?;
        for ((col, cell), width) in (0..).zip(cells).zip(&mut sheet.widths) {
            if let Some(cell) = cell {
                *width = cell.width().max(*width);
                write(page, sheet.rows, col, cell, formats)?;
            }
        }
        sheet.rows += 1;
        sheet.bytes += weight;
        Ok(())
    }

    fn begin_sheet(&mut self, at: usize) -> Result<(), XlsxError> {
        let headings: Vec<String> = self.columns.iter().map(heading).collect();
        let page = self.book.add_worksheet_with_constant_memory()?;
        let name = if at == 0 { self.name.clone() } else { format!("{} {}", self.name, at + 1) };
        page.set_name(name)?.set_freeze_panes(1, 0)?;
        for ((col, heading), column) in (0..).zip(&headings).zip(&self.columns) {
            match column.kind {
                Kind::Instant => page.set_column_format(col, &self.formats.moment)?,
                Kind::Day => page.set_column_format(col, &self.formats.day)?,
                _ => page,
            };
            page.write_string_with_format(0, col, heading, &self.formats.header)?;
        }
        let widths = headings.iter().map(|heading| heading.chars().count() + FILTER_WIDTH).collect();
        self.sheet = Sheet { at, rows: 1, bytes: 0, widths };
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), XlsxError> {
        let page = self.book.worksheet_from_index(self.sheet.at)?;
        let columns =
            ColNum::try_from(self.sheet.widths.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
        if let Some(last) = columns.checked_sub(1) {
            page.autofilter(0, 0, self.sheet.rows - 1, last)?;
        }
        for (col, width) in (0..).zip(&self.sheet.widths) {
            page.set_column_width(col, (*width).clamp(WIDTHS.0, WIDTHS.1) as f64)?;
        }
        Ok(())
    }
}

fn heading(column: &Column) -> String {
    match column.kind {
        Kind::Instant => format!("{} (Europe/Amsterdam)", column.name),
        _ => column.name.clone(),
    }
}

/// A cell without a format of its own has that of its column.
fn write(
    page: &mut Worksheet,
    row: RowNum,
    col: ColNum,
    cell: &Cell<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) if cell.is_ominous() => {
            page.write_string_with_format(row, col, &**text, &formats.ominous)?
        }
        Cell::Text(text) => page.write_string(row, col, &**text)?,
        Cell::Moment(moment) => page.write_datetime(row, col, moment)?,
        Cell::Day(day) => page.write_datetime(row, col, day)?,
        Cell::Number(number) => page.write_number(row, col, *number)?,
        Cell::Truth(truth) => page.write_boolean(row, col, *truth)?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Bounds, Table};
    use crate::clock;
    use crate::http::csv::columns::of_answer;
    use calamine::{Reader, Xlsx};
    use schemars::JsonSchema;
    use serde::Serialize;

    #[derive(Serialize, JsonSchema)]
    struct Row {
        text: String,
    }

    /// The sheets of so many records, each with its rows below the header.
    fn sheets(count: usize, bounds: Bounds) -> Vec<(String, Vec<String>)> {
        let mut table = Table::new("effect-squares", of_answer::<Row>(), clock::now()).expect("a table");
        table.bounds = bounds;
        for at in 0..count {
            table.records(&[Row { text: format!("{at}") }]).expect("a row");
        }
        let mut book = Xlsx::new(table.finish().expect("a file")).expect("a workbook");
        let read = |(name, range): (String, calamine::Range<calamine::Data>)| {
            let mut cells: Vec<String> = range.rows().map(|row| row[0].to_string()).collect();
            assert_eq!(cells.remove(0), "text");
            (name, cells)
        };
        book.worksheets().into_iter().map(read).collect()
    }

    #[test]
    fn what_is_more_than_a_sheet_holds_goes_on_on_the_next() {
        let expected = |rows: &[(&str, std::ops::Range<usize>)]| -> Vec<(String, Vec<String>)> {
            let sheet = |(name, range): &(&str, std::ops::Range<usize>)| {
                ((*name).to_owned(), range.clone().map(|at| at.to_string()).collect())
            };
            rows.iter().map(sheet).collect()
        };
        let wide = 1 << 30;
        let by_rows = [("effect-squares", 0..3), ("effect-squares 2", 3..6), ("effect-squares 3", 6..7)];
        assert_eq!(sheets(7, Bounds { rows: 4, bytes: wide }), expected(&by_rows));
        assert_eq!(sheets(3, Bounds { rows: 4, bytes: wide }), expected(&by_rows[..1]));
        assert_eq!(sheets(0, Bounds { rows: 4, bytes: wide }), expected(&[("effect-squares", 0..0)]));
        let by_bytes = [("effect-squares", 0..2), ("effect-squares 2", 2..4)];
        assert_eq!(sheets(4, Bounds { rows: 100, bytes: 300 }), expected(&by_bytes));
    }
}
