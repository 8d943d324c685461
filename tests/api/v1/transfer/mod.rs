//! Whole lists that leave in CSV or JSON Lines, and come in again.

mod exports;

use serde_json::Value;

use crate::support::{Answer, Client, Request};

pub const CSV: &str = "text/csv";
pub const JSON_LINES: &str = "application/jsonl";

/// Texts that go wrong where somebody was careless, each as it is kept: trimmed, in NFC, with lines ended by a newline.
pub const NASTY: &[&str] = &[
    "=1+1",
    "'=1+1",
    "''=1+1",
    "+31 6 12345678",
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
