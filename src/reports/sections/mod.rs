//! The sections of the reports, made of figures. A report of a network has those of a cycle where it tells the same.

pub mod figures;
pub mod lineage;
mod lists;
pub mod loop_figures;
pub mod open;
pub mod over_time;
pub mod practice;
pub mod travel;

use super::document::{Cell, Chart, Drawing, Kind, Part, Section, Table, Tone};
use super::words::Words;
use crate::wording;
pub use lists::Lists;

/// What a section is called: its key, its title, and its title on a tab.
#[derive(Clone)]
struct Name {
    key: &'static str,
    title: String,
    tab: String,
}

/// How many there are of something, beside others of the same whole.
struct Share {
    label: String,
    count: usize,
    /// Where they are listed.
    from: Option<String>,
}

impl Share {
    fn new(label: String, count: usize, from: Option<String>) -> Share {
        Share { label, count, from }
    }
}

/// A section about the parts of a whole, five at most: one bar, and a table with the sum. None of an empty whole.
fn of_a_whole<const N: usize>(
    words: Words,
    name: Name,
    explanation: Vec<String>,
    parts: [Share; N],
) -> Option<Section> {
    const { assert!(N <= Tone::ALL.len()) };
    let whole: usize = parts.iter().map(|part| part.count).sum();
    if whole == 0 {
        return None;
    }
    let columns = [
        (words.column_what(), Kind::Text),
        (words.column_count(), Kind::Count),
        (words.column_share(), Kind::Share),
    ];
    let mut table = Table::new(&name.title, columns);
    for part in &parts {
        let row =
            table.row([Cell::text(&*part.label), Cell::count(part.count), Cell::share_of(part.count, whole)]);
        row.from.clone_from(&part.from);
    }
    table.row([Cell::text(words.total()), Cell::count(whole), Cell::share_of(whole, whole)]).total = true;
    let description = listed(words, parts.iter().map(|part| (part.label.as_str(), part.count)));
    let part = |(part, tone): (Share, Tone)| Part { label: part.label, count: part.count as u64, tone };
    let drawing = Drawing::Parts(parts.into_iter().zip(Tone::ALL).map(part).collect());
    Some(section(
        name,
        explanation,
        Some(Chart { title: table.caption.clone(), description, drawing }),
        table,
    ))
}

/// A label and its figure each, as a chart describes itself to who cannot see it.
fn listed<'l>(words: Words, figures: impl Iterator<Item = (&'l str, usize)>) -> String {
    let written =
        figures.map(|(label, count)| format!("{label}: {}", wording::count(words.language(), count as u64)));
    written.collect::<Vec<_>>().join("; ") + "."
}

fn section(name: Name, explanation: Vec<String>, chart: Option<Chart>, table: Table) -> Section {
    Section { key: name.key, title: name.title, short_title: name.tab, explanation, chart, table }
}
