//! What is open, and what went along to another cycle.

use super::{Name, listed, section};
use crate::loops::rules::{Carry, OpenItem, OpenType, WaitingFor};
use crate::reports::document::{Cell, Chart, Drawing, Groups, Kind, Section, Series, Table, Tone};
use crate::reports::words::Words;
use strum::IntoEnumIterator;

/// What is open, oldest first, each with where it is. Nobody's name stands beside it.
pub fn items(words: Words, items: &[OpenItem], total: usize) -> Option<Section> {
    if total == 0 {
        return None;
    }
    let name = Name { key: "open", title: words.open_title(), tab: words.open_tab() };
    let mut explanation = vec![words.open_how(total as u64)];
    if items.len() < total {
        explanation.push(words.open_most(items.len() as u64));
    }
    let columns = [
        (words.column_what(), Kind::Text),
        (words.column_waits(), Kind::Text),
        (words.column_since(), Kind::Day),
        (words.column_age(), Kind::Duration),
    ];
    let mut table = Table::new(&name.title, columns);
    for item in items {
        let row = table.row([
            Cell::text(words.open_type(item.kind)),
            Cell::text(words.waiting_for(item.waiting_for)),
            Cell::Day(item.since.day()),
            Cell::Duration(item.age_seconds as f64),
        ]);
        let records = match item.kind {
            OpenType::Observation => "observations",
            OpenType::Action => "actions",
            OpenType::Question => "questions",
        };
        row.from = Some(format!("/v1/{records}/{}", item.id));
    }
    let chart = waiting(words, name.title.clone(), items);
    Some(section(name, explanation, Some(chart), table))
}

/// How much waits for each of the steps.
fn waiting(words: Words, title: String, items: &[OpenItem]) -> Chart {
    let counted = WaitingFor::iter().map(|step| {
        let count = items.iter().filter(|item| item.waiting_for == step).count();
        (words.waits_for(words.waiting_for(step)), count)
    });
    let counted: Vec<(String, usize)> = counted.filter(|(_, count)| *count > 0).collect();
    let description = listed(words, counted.iter().map(|(label, count)| (label.as_str(), *count)));
    let counts = counted.iter().map(|(_, count)| *count as u64).collect();
    let series = vec![Series { label: title.clone(), tone: Tone::First, counts }];
    let labels = counted.into_iter().map(|(label, _)| label).collect();
    Chart { title, description, drawing: Drawing::Bars(Groups { labels, series }) }
}

/// Open actions that came along or went along.
pub fn carried(words: Words, came: &[Carry], went: &[Carry]) -> Option<Section> {
    if came.is_empty() && went.is_empty() {
        return None;
    }
    let name = Name { key: "carried", title: words.carried_title(), tab: words.carried_tab() };
    let mut table =
        Table::new(&name.title, [(words.column_what(), Kind::Text), (words.column_count(), Kind::Count)]);
    table.row([Cell::text(words.carried_in()), Cell::count(came.len())]);
    table.row([Cell::text(words.carried_out()), Cell::count(went.len())]);
    Some(section(name, vec![words.carried_how()], None, table))
}
