//! A report as people read it, in one language: what every face but JSON and CSV is made of. HTML, a workbook and a PDF
//! show the same sections in the same order, each with a table of all that its chart draws.
//!
//! Words are in the language of the document; numbers, days and durations are values still, which each face writes in its
//! own way: a workbook as a number, a page by [`Cell::written`].

use crate::clock::Instant;
use crate::people::types::Locale;
use crate::reports::words::Words;
use crate::wording::{self, units};
use chrono::NaiveDate;

/// A report. It names no person.
#[derive(Clone, Debug)]
pub struct Document {
    pub language: Locale,
    /// What kind of report it is, such as *Rapport van een leercyclus*.
    pub kind: String,
    /// What it is of, as people wrote it: a learning question, or the name of a network.
    pub title: String,
    /// Where that is: a path of this interface.
    pub from: String,
    /// What else is known of that, in short.
    pub about: Vec<Fact>,
    /// When its figures were counted.
    pub made_at: Instant,
    pub sections: Vec<Section>,
    /// How to read it, said once at its end.
    pub notes: Vec<String>,
}

/// Something known, under its label.
#[derive(Clone, Debug)]
pub struct Fact {
    pub label: String,
    pub value: Cell,
}

/// One matter of the report. What is empty is left out by whoever makes the document: a section has something to say.
#[derive(Clone, Debug)]
pub struct Section {
    /// Unique in the document, the same in each language, in kebab-case: an anchor, a name for a test.
    pub key: &'static str,
    pub title: String,
    /// A few words for a tab of a workbook: 31 characters at most, unique in the document.
    pub short_title: String,
    /// What the figures are of and how to read them, a paragraph each.
    pub explanation: Vec<String>,
    pub chart: Option<Chart>,
    pub table: Table,
}

/// All that the chart draws, and more.
#[derive(Clone, Debug)]
pub struct Table {
    pub caption: String,
    pub columns: Vec<Column>,
    /// Of as many cells as there are columns; the first cell says what the row is of.
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub title: String,
    pub kind: Kind,
}

/// What a column holds: where it is aligned, and what a workbook makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Count,
    Share,
    /// In seconds; faces that cannot say the unit at each value say it in the head of the column.
    Duration,
    Day,
    Instant,
}

impl Kind {
    /// Numbers stand below each other to the right.
    pub fn is_number(self) -> bool {
        matches!(self, Kind::Count | Kind::Share | Kind::Duration)
    }
}

#[derive(Clone, Debug)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// A sum of the rows around it, set off from them.
    pub total: bool,
    /// Where the records behind its figures are: a path of this interface with its query. Of a row with several figures it
    /// lists what the first one counts, of a row about one record it is that record.
    pub from: Option<String>,
}

/// A value that knows what it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// May be anything that people wrote: a face escapes it.
    Text(String),
    Count(u64),
    /// Of a whole, from 0 to 1.
    Share(f64),
    /// Seconds.
    Duration(f64),
    Day(NaiveDate),
    Instant(Instant),
    /// Known and not told: of too few to say something about, or somebody could be recognised in it.
    Withheld,
    /// There is none.
    Nothing,
}

/// A picture of the section's figures. It is never the only place where one stands.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Its name, for who cannot see it.
    pub title: String,
    /// What it shows, in a sentence or two with the figures that matter.
    pub description: String,
    pub drawing: Drawing,
}

#[derive(Clone, Debug)]
pub enum Drawing {
    /// Parts of a whole: one bar, stacked.
    Parts(Vec<Part>),
    /// How far things got, and where they were left.
    Funnel(Vec<Step>),
    /// How long things take, from 0.
    Spans(Vec<Span>),
    /// Over time: a column for each of the periods, stacked by series.
    Columns(Groups),
    /// Side by side: a group of bars each, one for each series.
    Bars(Groups),
    /// One below the other: a lying bar each, stacked by series.
    Stacks(Groups),
    /// One by one: what is counted, and not measured.
    Dots(Dots),
}

#[derive(Clone, Debug)]
pub struct Part {
    pub label: String,
    pub count: u64,
    pub tone: Tone,
}

#[derive(Clone, Debug)]
pub struct Dots {
    /// A line of dots each.
    pub rows: Vec<Part>,
    /// How many a dot stands for, at least 1. What is less than that has a dot of its own.
    pub each: u64,
    /// The same in words.
    pub note: String,
}

/// A step of a funnel. Each is part of the one before.
#[derive(Clone, Debug)]
pub struct Step {
    pub label: String,
    pub count: u64,
    /// What did not come on to the next step: how many, with why or where they are.
    pub leak: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Span {
    pub label: String,
    /// In seconds; without a case there is none.
    pub median: Option<f64>,
    /// In seconds; of too few cases there is none.
    pub p90: Option<f64>,
    /// Of how many cases, and how many are open still.
    pub note: String,
}

#[derive(Clone, Debug)]
pub struct Groups {
    /// What each group is of, in order: a month, a range of ages.
    pub labels: Vec<String>,
    pub series: Vec<Series>,
}

#[derive(Clone, Debug)]
pub struct Series {
    pub label: String,
    pub tone: Tone,
    /// One for each label.
    pub counts: Vec<u64>,
}

/// How things are told apart in a chart: a colour and a pattern, so that it can be seen without colours too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    First,
    Second,
    Third,
    Fourth,
    Fifth,
}

impl Tone {
    pub const ALL: [Tone; 5] = [Tone::First, Tone::Second, Tone::Third, Tone::Fourth, Tone::Fifth];
}

impl Table {
    /// An empty table of these columns.
    pub fn new<const N: usize>(caption: &str, columns: [(String, Kind); N]) -> Table {
        Table::of_columns(caption, columns.into())
    }

    /// The same, where it takes figures to know how many columns there are.
    pub fn of_columns(caption: &str, columns: Vec<(String, Kind)>) -> Table {
        let columns = columns.into_iter().map(|(title, kind)| Column { title, kind }).collect();
        Table { caption: caption.to_owned(), columns, rows: Vec::new() }
    }

    /// Adds a row; of a table by `new` it has as many cells as that has columns.
    pub fn row<const N: usize>(&mut self, cells: [Cell; N]) -> &mut Row {
        self.row_of(cells.into())
    }

    /// The same, of a table by `of_columns`.
    pub fn row_of(&mut self, cells: Vec<Cell>) -> &mut Row {
        self.rows.push(Row { cells, total: false, from: None });
        let last = self.rows.len() - 1;
        &mut self.rows[last]
    }
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    pub fn count(count: usize) -> Cell {
        Cell::Count(count as u64)
    }

    /// Of nothing there is no share.
    pub fn share_of(count: usize, whole: usize) -> Cell {
        if whole == 0 { Cell::Nothing } else { Cell::Share(count as f64 / whole as f64) }
    }

    /// As it is read in a sentence of the language.
    pub fn written(&self, language: Locale) -> String {
        let words = Words::of(language);
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Count(count) => wording::count(language, *count),
            Cell::Share(share) => wording::share(language, *share),
            Cell::Duration(seconds) => units::duration(language, *seconds),
            Cell::Day(day) => units::day(language, *day),
            Cell::Instant(instant) => units::moment(language, *instant),
            Cell::Withheld => words.withheld(),
            Cell::Nothing => words.nothing(),
        }
    }
}
