//! The report of a cycle as a document.

use super::document::{Cell, Document, Fact};
use super::rules::CycleReport;
use super::sections::{loop_figures, open, practice};
use super::words::Words;
use crate::people::types::Locale;

/// The document of a report, in a language. Parts of the whole come first; what there is nothing of is left out.
pub fn document(report: &CycleReport, language: Locale) -> Document {
    let words = Words::of(language);
    let looped = &report.looped;
    let sections = [
        loop_figures::parts(words, &looped.parts),
        loop_figures::funnel(words, &looped.stages, looped.closure_rate),
        loop_figures::told(words, &looped.returned_to_citizen),
        loop_figures::legs(words, &looped.legs),
        practice::perspectives(words, &report.by_perspective),
        practice::voices(words, &report.by_voice),
        practice::depth(words, &report.by_loop_depth),
        practice::actions(words, &report.actions_by_state),
        Some(practice::recorded(words, &report.counts)),
        open::carried(words, &report.carried_in, &report.carried_out),
        open::items(words, &report.open_items, report.open_items_total),
    ];
    Document {
        language,
        kind: words.cycle_kind(),
        title: report.cycle.learning_question.clone(),
        about: about(words, report),
        made_at: report.generated_at,
        sections: sections.into_iter().flatten().collect(),
        notes: vec![words.note_people(), words.note_time(), words.note_withdrawn()],
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
