//! The report as one page, to read on a phone, to print, and to hand out: nothing is loaded, run or sent.

use super::charts::{self, Dress};
use super::document::{Cell, Column, Document, Row, Section};
use super::words::Words;
use crate::http::document::policy;
use crate::http::language::tag;
use crate::people::types::Locale;
use askama::Template;
use std::fmt;
use std::sync::LazyLock;

pub const CONTENT_TYPE: &str = "text/html; charset=utf-8";

const STYLE: &str = include_str!("../../templates/report.css");

/// The `Content-Security-Policy` of the page.
pub static POLICY: LazyLock<String> = LazyLock::new(|| policy(STYLE));

/// Columns that a phone has room for.
const NARROW: usize = 4;
/// Rows above which a section may go on to another page of paper.
const LONG: usize = 24;

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    words: Words,
    lang: &'static str,
    document: &'a Document,
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
    lines: Vec<Line>,
}

struct Line {
    total: bool,
    /// Where its records are.
    from: Option<String>,
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

/// The page; `base` is what the links to records begin with.
pub fn page(base: &str, document: &Document) -> askama::Result<String> {
    let language = document.language;
    let page = Page {
        words: Words::of(language),
        lang: tag(language),
        document,
        about: document
            .about
            .iter()
            .map(|fact| (&*fact.label, shown(language, &fact.value, false)))
            .collect(),
        chapters: document.sections.iter().map(|section| chapter(base, language, section)).collect(),
        style: Markup(STYLE.to_owned()),
    };
    page.render()
}

fn chapter<'a>(base: &str, language: Locale, section: &'a Section) -> Chapter<'a> {
    let key = format!("chart-{}", section.key);
    let chart = section.chart.as_ref();
    let columns = &section.table.columns;
    Chapter {
        section,
        chart: chart.map(|chart| Markup(charts::draw(&key, chart, language, Dress::Page))),
        wide: columns.len() > NARROW,
        long: section.table.rows.len() > LONG,
        lines: section.table.rows.iter().map(|row| line(base, language, columns, row)).collect(),
    }
}

fn line(base: &str, language: Locale, columns: &[Column], row: &Row) -> Line {
    let mut cells =
        row.cells.iter().zip(columns).map(|(cell, column)| shown(language, cell, column.kind.is_number()));
    Line {
        total: row.total,
        from: row.from.as_ref().map(|path| format!("{base}{path}")),
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
