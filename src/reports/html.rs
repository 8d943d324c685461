//! The report as one page, to read on a phone, to print, and to hand out: nothing is loaded, run or sent.

use super::charts::{self, Dress};
use super::document::{Cell, Column, Document, Row, Section};
use super::screens::screen;
use super::words::Words;
use crate::http::document::policy;
use crate::http::language::tag;
use crate::people::types::Locale;
use askama::Template;
use std::fmt;
use std::sync::LazyLock;

pub const CONTENT_TYPE: &str = "text/html; charset=utf-8";

/// The style sheet that is a part of the page.
pub const STYLE: &str = include_str!("../../templates/report.css");

/// The `Content-Security-Policy` of the page.
pub static POLICY: LazyLock<String> = LazyLock::new(|| policy(STYLE));

/// Columns that a phone has room for.
const NARROW: usize = 4;
/// Rows above which a table is folded behind its chart; without one it may go on to another page of paper.
const LONG: usize = 14;

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    words: Words,
    lang: &'static str,
    document: &'a Document,
    /// Where the app shows what the report is of.
    screen: Option<String>,
    about: Vec<(&'a str, Shown)>,
    chapters: Vec<Chapter<'a>>,
    style: Markup,
}

/// A section with its picture.
struct Chapter<'a> {
    section: &'a Section,
    chart: Option<Markup>,
    /// Its table scrolls on a phone.
    wide: bool,
    /// It may be parted over pages.
    long: bool,
    /// Its table opens when it is asked for.
    folded: Option<String>,
    lines: Vec<Line>,
}

struct Line {
    total: bool,
    /// Where the app shows its record.
    screen: Option<String>,
    /// What it is of.
    of: String,
    cells: Vec<Shown>,
}

/// A value as it is read, and as programs read it where it is a day or a moment.
struct Shown {
    text: String,
    datetime: Option<String>,
    number: bool,
}

/// Markup that was made here, for the template to take as it is.
struct Markup(String);

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Markup {}

/// The page; `base` is what the links to the app begin with.
pub fn page(base: &str, document: &Document) -> askama::Result<String> {
    let language = document.language;
    let page = Page {
        words: Words::of(language),
        lang: tag(language),
        document,
        screen: screen(&document.from, &document.from).map(|screen| format!("{base}{screen}")),
        about: document
            .about
            .iter()
            .map(|fact| (&*fact.label, shown(language, &fact.value, false)))
            .collect(),
        chapters: document.sections.iter().map(|section| chapter(base, document, section)).collect(),
        style: Markup(STYLE.to_owned()),
    };
    page.render()
}

fn chapter<'a>(base: &str, document: &Document, section: &'a Section) -> Chapter<'a> {
    let language = document.language;
    let key = format!("chart-{}", section.key);
    let chart = section.chart.as_ref();
    let (columns, rows) = (&section.table.columns, section.table.rows.len());
    Chapter {
        section,
        chart: chart.map(|chart| Markup(charts::draw(&key, chart, language, Dress::Page))),
        wide: columns.len() > NARROW,
        long: rows > LONG,
        folded: (rows > LONG && chart.is_some()).then(|| Words::of(language).all_rows(rows as u64)),
        lines: section.table.rows.iter().map(|row| line(base, document, columns, row)).collect(),
    }
}

fn line(base: &str, document: &Document, columns: &[Column], row: &Row) -> Line {
    let language = document.language;
    let mut cells =
        row.cells.iter().zip(columns).map(|(cell, column)| shown(language, cell, column.kind.is_number()));
    Line {
        total: row.total,
        screen: row
            .from
            .as_ref()
            .and_then(|path| screen(&document.from, path))
            .map(|screen| format!("{base}{screen}")),
        of: cells.next().map(|first| first.text).unwrap_or_default(),
        cells: cells.collect(),
    }
}

fn shown(language: Locale, cell: &Cell, number: bool) -> Shown {
    let datetime = match cell {
        Cell::Day(day) => Some(day.to_string()),
        Cell::Instant(instant) => Some(instant.to_string()),
        _ => None,
    };
    Shown { text: cell.written(language), datetime, number }
}
