//! What the template is given: the document in words, as JSON, and its charts.

use super::letters::{beginning, printable};
use crate::error::{Error, Result};
use crate::http::language::tag;
use crate::people::types::Locale;
use crate::reports::charts::{self, Dress, Palette};
use crate::reports::document::{Cell, Chart, Column, Document, Fact, Row, Section};
use crate::reports::words::Words;
use chrono::{DateTime, Datelike, Timelike, Utc};
use serde::Serialize;

/// Letters of the title at the head of the pages after the first.
const RUNNING: usize = 95;
/// Sections that need no list of contents.
const FEW: usize = 3;

/// An SVG picture, under the name that the JSON has for it.
pub type Picture = (String, String);

#[derive(Serialize)]
struct Sheet {
    lang: &'static str,
    region: &'static str,
    /// In a list of files.
    name: String,
    kind: String,
    title: String,
    /// At the head of the pages after the first.
    running: String,
    made: Made,
    made_on: String,
    /// With `{page}` and `{pages}`, which only the template knows.
    page_of: String,
    about: Vec<Known>,
    /// The title of the list of contents, where there is one.
    contents: Option<String>,
    /// What stands there in place of sections.
    empty: Option<String>,
    sections: Vec<Chapter>,
    notes_title: String,
    notes: Vec<String>,
}

/// In UTC.
#[derive(Serialize)]
struct Made {
    year: i32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
}

#[derive(Serialize)]
struct Known {
    label: String,
    value: String,
}

#[derive(Serialize)]
struct Chapter {
    title: String,
    explanation: Vec<String>,
    chart: Option<Figure>,
    table: Grid,
}

#[derive(Serialize)]
struct Figure {
    file: String,
    alt: String,
}

#[derive(Serialize)]
struct Grid {
    caption: String,
    columns: Vec<Head>,
    rows: Vec<Line>,
}

#[derive(Serialize)]
struct Head {
    title: String,
    number: bool,
}

#[derive(Serialize)]
struct Line {
    total: bool,
    cells: Vec<String>,
}

/// The JSON of a document, and the pictures that it names.
pub fn of(document: &Document) -> Result<(Vec<u8>, Vec<Picture>)> {
    let language = document.language;
    let words = Words::of(language);
    let mut pictures = Vec::new();
    let sections: Vec<Chapter> =
        document.sections.iter().map(|section| chapter(language, section, &mut pictures)).collect();
    let title = title(document);
    let moment = Cell::Instant(document.made_at).written(language);
    let sheet = Sheet {
        lang: tag(language),
        region: region(language),
        name: printable(&format!("{}: {}", document.kind, document.title)),
        kind: printable(&document.kind),
        running: running(&title),
        title,
        made: made(document.made_at.to_chrono()),
        made_on: printable(&format!("{} · {moment}", document.kind)),
        page_of: words.page_of("{page}".to_owned(), "{pages}".to_owned()),
        about: document.about.iter().map(|fact| known(language, fact)).collect(),
        contents: (sections.len() > FEW).then(|| words.contents()),
        empty: sections.is_empty().then(|| words.empty()),
        sections,
        notes_title: words.notes(),
        notes: document.notes.iter().map(|note| printable(note)).collect(),
    };
    Ok((serde_json::to_vec(&sheet).map_err(Error::internal)?, pictures))
}

/// A heading has words, or it is none: what has nothing to print is called by its kind.
fn title(document: &Document) -> String {
    let title = printable(&document.title);
    if title.is_empty() { printable(&document.kind) } else { title }
}

/// A title in one line.
fn running(title: &str) -> String {
    let start = beginning(title, RUNNING);
    if start.len() < title.len() { format!("{start}…") } else { title.to_owned() }
}

/// Whose habits of hyphenation they are.
fn region(language: Locale) -> &'static str {
    match language {
        Locale::Nl => "NL",
        Locale::En => "GB",
    }
}

fn made(at: DateTime<Utc>) -> Made {
    Made {
        year: at.year(),
        month: at.month(),
        day: at.day(),
        hour: at.hour(),
        minute: at.minute(),
        second: at.second(),
    }
}

fn known(language: Locale, fact: &Fact) -> Known {
    Known { label: printable(&fact.label), value: printable(&fact.value.written(language)) }
}

fn chapter(language: Locale, section: &Section, pictures: &mut Vec<Picture>) -> Chapter {
    Chapter {
        title: printable(&section.title),
        explanation: section.explanation.iter().map(|paragraph| printable(paragraph)).collect(),
        chart: section.chart.as_ref().map(|chart| figure(language, chart, pictures)),
        table: Grid {
            caption: printable(&section.table.caption),
            columns: section.table.columns.iter().map(head).collect(),
            rows: section.table.rows.iter().map(|row| line(language, row)).collect(),
        },
    }
}

/// A chart as its picture. Names are counted, not taken from what is drawn: Typst remembers each name for good.
fn figure(language: Locale, chart: &Chart, pictures: &mut Vec<Picture>) -> Figure {
    let file = format!("chart-{}.svg", pictures.len());
    let markup = charts::draw("chart", chart, language, Dress::Own(&Palette::PRINT));
    pictures.push((file.clone(), markup));
    Figure { file, alt: printable(&format!("{}. {}", chart.title, chart.description)) }
}

fn head(column: &Column) -> Head {
    Head { title: printable(&column.title), number: column.kind.is_number() }
}

fn line(language: Locale, row: &Row) -> Line {
    let cells = row.cells.iter().map(|cell| printable(&cell.written(language)));
    Line { total: row.total, cells: cells.collect() }
}
