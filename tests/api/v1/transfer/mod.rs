//! Whole lists that leave in CSV, JSON Lines or XLSX, and come in again.

mod below;
mod dry_runs;
mod exports;
mod imports;
mod large_files;
mod round_trips;
mod workbooks;

use serde_json::Value;

use crate::support::{Answer, Client, Request};

pub const CSV: &str = "text/csv";
pub const JSON_LINES: &str = "application/jsonl";
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Texts that go wrong where somebody was careless, each as it is kept: trimmed, in NFC, with lines ended by a newline.
pub const NASTY: &[&str] = &[
    "=1+1",
    "'=1+1",
    "''=1+1",
    "+1+2",
    "-2",
    "@buurt",
    "＝1+1",
    "=HYPERLINK(\"https://evil.example\";\"klik\")",
    "'s ochtends",
    "'",
    "Zij zei: \"Nee.\"\n\n\tEn ging, tja; zo.",
    "a,b;c\td",
    "\\",
    "\\;",
    ";",
    "\"",
    "null",
    "true",
    "1",
    "01",
    "[]",
    "é👩‍👩‍👧\u{200b}x",
];

pub fn export(client: &Client, path: &str, media_type: &str) -> Answer {
    client.send(Request::new("GET", path).header("Accept", media_type))
}

/// The records of JSON Lines.
#[track_caller]
pub fn lines(text: &str) -> Vec<Value> {
    assert!(text.is_empty() || text.ends_with('\n'), "the last line is ended too: {text}");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// The header and the rows of a CSV file, read by a reader that is not ours.
#[track_caller]
pub fn table(text: &str, delimiter: u8) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = cells(reader.headers().expect("a header"));
    (header, reader.records().map(|row| cells(&row.expect("a row"))).collect())
}

/// A column of a table, by its name.
#[track_caller]
pub fn column<'t>((header, rows): &'t (Vec<String>, Vec<Vec<String>>), name: &str) -> Vec<&'t str> {
    let at = header.iter().position(|column| column == name).expect(name);
    rows.iter().map(|row| row[at].as_str()).collect()
}

pub fn import(client: &Client, path: &str, media_type: &str, file: &str) -> Answer {
    client.send(Request::new("POST", path).raw(media_type, file))
}

/// What an import answered.
pub struct Report {
    refused: Vec<Value>,
    /// How often it was told how far it was.
    pub progress: usize,
    /// The last line.
    pub end: Value,
}

#[track_caller]
pub fn told(answer: &Answer) -> Report {
    assert_eq!((answer.status, answer.media_type()), (200, JSON_LINES), "{}: {}", answer.asked, answer.text);
    let mut lines = lines(&answer.text);
    let end = lines.pop().expect("a last line");
    let (refused, progress): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line["kind"] == "refused");
    Report { refused, progress: progress.len(), end }
}

/// A fault of a line: its pointer, its code, and the column that it is in.
pub type Fault = (String, String, Option<String>);

impl Report {
    /// The lines that were refused: number, status and code.
    #[track_caller]
    pub fn lines(&self) -> Vec<(u64, u64, String)> {
        let told = |line: &Value| {
            let (status, code) = (line["status"].as_u64(), line["problem"]["code"].as_str());
            assert_eq!(status, line["problem"]["status"].as_u64());
            (
                line["line"].as_u64().expect("a line"),
                status.expect("a status"),
                code.expect("a code").to_owned(),
            )
        };
        self.refused.iter().map(told).collect()
    }

    #[track_caller]
    pub fn faults(&self, line: u64) -> Vec<Fault> {
        let refused = self.refused.iter().find(|refused| refused["line"] == line).expect("a refused line");
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let fault = |fault: &Value| {
            (
                text(&fault["pointer"]).expect("a pointer"),
                text(&fault["code"]).expect("a code"),
                text(&fault["column"]),
            )
        };
        refused["problem"]["errors"].as_array().into_iter().flatten().map(fault).collect()
    }

    #[track_caller]
    pub fn count(&self, of: &str) -> u64 {
        assert_eq!(self.end["kind"], "finished", "{}", self.end);
        self.end[of].as_u64().expect("a count")
    }
}
