//! Rows as they arrive, in pieces of any size. No more than one row is held, and of one that is too long nothing: a quote
//! that is never closed costs no memory.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Cells of a row at most; more are as good as a row that is too long.
const CELLS: usize = 1_000;
/// What the buffer begins with, and grows from.
const START: usize = 8 * 1024;

/// A row, or what is in its place.
#[derive(Debug, PartialEq, Eq)]
pub enum Row {
    Cells(Vec<Vec<u8>>),
    /// Longer than the bound, and read past.
    TooLong,
    /// The file ended in the middle of a quoted cell.
    QuoteLeftOpen,
}

/// Reads rows of at most `bound` bytes, quotes not counted.
pub struct Rows {
    core: Reader,
    bound: usize,
    text: Vec<u8>,
    ends: Vec<usize>,
    filled: usize,
    cells: usize,
    too_long: bool,
    /// Quotes in the row so far: their number is even in every whole row.
    odd_quotes: bool,
    within: bool,
    line: u64,
    began: u64,
}

impl Rows {
    pub fn new(delimiter: super::Delimiter, bound: usize) -> Rows {
        Rows {
            core: ReaderBuilder::new().delimiter(delimiter.byte()).build(),
            bound,
            text: vec![0; START.min(bound)],
            ends: vec![0; CELLS],
            filled: 0,
            cells: 0,
            too_long: false,
            odd_quotes: false,
            within: false,
            line: 1,
            began: 1,
        }
    }

    /// The line that the last row began on, of the file's lines that a text editor counts.
    pub fn began_on(&self) -> u64 {
        self.began
    }

    /// Takes from the front of `input` until a row is whole; none where all was taken and none is. An empty input says
    /// that there is no more. Rows with nothing in them are read past.
    pub fn next(&mut self, input: &mut &[u8]) -> Option<Row> {
        let at_end = input.is_empty();
        loop {
            if !self.within {
                let blank = input.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
                self.pass(&input[..blank]);
                *input = &input[blank..];
                if input.is_empty() {
                    return None;
                }
                (self.within, self.began, self.odd_quotes) = (true, self.line, false);
            }
            let (text, ends) = (&mut self.text[self.filled..], &mut self.ends[self.cells..]);
            let (result, taken, written, ended) = self.core.read_record(input, text, ends);
            self.pass(&input[..taken]);
            *input = &input[taken..];
            self.filled += written;
            self.cells += ended;
            match result {
                ReadRecordResult::InputEmpty => return None,
                ReadRecordResult::OutputFull if self.text.len() < self.bound => {
                    self.text.resize((self.text.len() * 2).min(self.bound), 0);
                }
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    // The rest of the row goes over what there was of it.
                    (self.too_long, self.filled, self.cells) = (true, 0, 0);
                }
                ReadRecordResult::Record | ReadRecordResult::End => match self.row(at_end) {
                    Some(row) => return Some(row),
                    None if at_end => return None,
                    None => {}
                },
            }
        }
    }

    /// The row that has come to its end; none where nothing is in it.
    fn row(&mut self, at_end: bool) -> Option<Row> {
        let ends = &self.ends[..self.cells];
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let row = if self.too_long {
            Some(Row::TooLong)
        } else if at_end && self.odd_quotes {
            Some(Row::QuoteLeftOpen)
        } else if self.filled == 0 {
            None
        } else {
            Some(Row::Cells(starts.zip(ends).map(|(start, end)| self.text[start..*end].to_vec()).collect()))
        };
        (self.filled, self.cells, self.too_long, self.within) = (0, 0, false, false);
        row
    }

    fn pass(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\n' => self.line += 1,
                b'"' => self.odd_quotes = !self.odd_quotes,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, Rows};
    use crate::http::csv::Delimiter;

    /// The rows of a file that arrives in pieces of a size, with the lines that they begin on.
    fn rows(file: &str, piece: usize, bound: usize) -> Vec<(u64, Row)> {
        let mut rows = Rows::new(Delimiter::Comma, bound);
        let mut found = Vec::new();
        for mut input in file.as_bytes().chunks(piece).chain(std::iter::once(&b""[..])) {
            while let Some(row) = rows.next(&mut input) {
                found.push((rows.began_on(), row));
            }
            assert!(input.is_empty());
        }
        found
    }

    fn cells(cells: &[&str]) -> Row {
        Row::Cells(cells.iter().map(|cell| cell.as_bytes().to_vec()).collect())
    }

    #[test]
    fn rows_are_the_same_however_they_arrive() {
        let file = "a,b\r\n\r\n1,\"x\ny\"\n,\n\n\"\"\"q\"\"\",\nlast,5\" buis";
        let expected = [(1, cells(&["a", "b"])), (3, cells(&["1", "x\ny"])), (7, cells(&["\"q\"", ""]))];
        for piece in 1..file.len() {
            let found = rows(file, piece, 100);
            assert_eq!(found[..3], expected, "in pieces of {piece}");
            assert_eq!(found[3..], [(8, Row::QuoteLeftOpen)], "in pieces of {piece}");
        }
    }

    #[test]
    fn a_row_ends_with_the_file() {
        for piece in [1, 2, 100] {
            assert_eq!(rows("a\nb", piece, 100), [(1, cells(&["a"])), (2, cells(&["b"]))]);
            assert_eq!(rows("a\n\"b\"", piece, 100), [(1, cells(&["a"])), (2, cells(&["b"]))]);
            assert_eq!(rows("a\n\"b", piece, 100), [(1, cells(&["a"])), (2, Row::QuoteLeftOpen)]);
            assert_eq!(rows("", piece, 100), []);
            assert_eq!(rows("\r\n\n", piece, 100), []);
        }
    }

    #[test]
    fn what_is_too_long_is_read_past() {
        let long = "x".repeat(50);
        for piece in [1, 7, 1_000] {
            let file = format!("a,b\n{long},1\n2,3\n");
            let expected = [(1, cells(&["a", "b"])), (2, Row::TooLong), (3, cells(&["2", "3"]))];
            assert_eq!(rows(&file, piece, 20), expected, "in pieces of {piece}");
            let open = format!("a,b\n\"{long}\n{long}\n");
            assert_eq!(rows(&open, piece, 20), [(1, cells(&["a", "b"])), (2, Row::TooLong)]);
        }
        let wide = format!("a\n{}\nb\n", ",x".repeat(1_500));
        assert_eq!(rows(&wide, 100, 1 << 20), [(1, cells(&["a"])), (2, Row::TooLong), (3, cells(&["b"]))]);
    }
}
