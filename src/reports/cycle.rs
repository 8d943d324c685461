//! The report of a cycle as a document.

use super::document::{Cell, Document, Fact};
use super::sections::{Lists, figures, open, travel};
use super::types::CycleReport;
use super::words::Words;
use crate::people::types::Locale;
use crate::wording::units;

/// The document of a report, in a language. Of a closed cycle the figures are those of its closing, and what came since stands
/// beside them.
pub fn document(report: &CycleReport, language: Locale) -> Document {
    let words = Words::of(language);
    let lists = Lists::of(&report.from);
    let (told, told_in) = match &report.at_closing {
        Some(told) => (told, Lists::within(&report.from, "/atClosing")),
        None => (&report.figures, lists),
    };
    let mut sections = figures::all(words, told_in, told);
    if let (Some(closed), Some(first)) =
        (report.cycle.closed_at.filter(|_| report.at_closing.is_some()), sections.first_mut())
    {
        first.explanation.push(words.frozen(units::day(language, closed.day())));
    }
    sections
        .extend(report.since_closing.as_ref().and_then(|since| travel::since_closing(words, lists, since)));
    sections.extend(report.insights.as_ref().and_then(|insights| travel::insights(words, insights)));
    let past = report.predecessors.as_deref().unwrap_or_default();
    sections.extend(travel::predecessors(words, told_in, told, past));
    sections.extend(open::carried(words, &report.carried_in, &report.carried_out));
    sections.extend(open::items(words, &report.open_items, report.open_items_total));
    let mut notes = vec![words.note_people(), words.note_time(), words.note_withdrawn()];
    notes.extend(report.responsible.iter().flat_map(|responsible| responsible.notes(words)));
    Document {
        language,
        kind: words.cycle_kind(),
        title: report.cycle.learning_question.clone(),
        about: about(words, report),
        from: format!("/v1/cycles/{}", report.cycle.id),
        made_at: report.generated_at,
        sections,
        notes,
    }
}

fn about(words: Words, report: &CycleReport) -> Vec<Fact> {
    let cycle = &report.cycle;
    let mut facts = Vec::new();
    let mut fact = |label: String, value: Cell| facts.push(Fact { label, value });
    fact(words.about_phase(), Cell::text(words.phase(cycle.phase)));
    fact(words.about_opened(), Cell::Day(cycle.created_at.day()));
    if let Some(closed) = cycle.closed_at {
        fact(words.about_closed(), Cell::Day(closed.day()));
    }
    fact(words.about_counted(), Cell::Instant(report.generated_at));
    if !cycle.themes.is_empty() {
        let titles: Vec<&str> = cycle.themes.iter().map(|theme| theme.title.as_str()).collect();
        fact(words.about_themes(), Cell::text(titles.join(" · ")));
    }
    facts
}
