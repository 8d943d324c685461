//! The report of a network as a document.

use super::document::{Cell, Document, Fact};
use super::sections::{Lists, figures, lineage, travel};
use super::types::NetworkReport;
use super::words::Words;
use crate::people::types::Locale;
use crate::wording::units;

/// The document of a report, in a language. It tells the same as that of a cycle, over a period.
pub fn document(report: &NetworkReport, language: Locale) -> Document {
    let words = Words::of(language);
    let lists = Lists::of(&report.from);
    let mut sections = figures::all(words, lists, &report.figures);
    let received = report.insights.received.as_ref();
    sections.extend(travel::insights(words, &report.insights));
    sections.extend(received.and_then(|received| travel::received(words, lists, received)));
    sections.extend(figures::cycles(words, lists, &report.cycles_by_phase, report.inbox));
    sections.extend(travel::earlier(words, lists, &report.figures, &report.earlier));
    sections.extend(report.lineage.as_ref().and_then(|below| lineage::networks(words, lists, below)));
    let mut notes = vec![words.note_people(), words.note_time(), words.note_withdrawn()];
    notes.extend(report.responsible.iter().flat_map(|responsible| responsible.notes(words)));
    Document {
        language,
        kind: words.network_kind(),
        title: report.network.name.clone(),
        about: about(words, report),
        from: format!("/v1/networks/{}", report.network.id),
        made_at: report.generated_at,
        sections,
        notes,
    }
}

fn about(words: Words, report: &NetworkReport) -> Vec<Fact> {
    let day = |day| units::day(words.language(), day);
    let from = report.from_on.map_or_else(|| words.since_the_beginning(), day);
    let to = report.to_on.map_or_else(|| words.until_now(), day);
    let mut facts = vec![Fact { label: words.about_period(), value: Cell::Text(words.period(from, to)) }];
    if let Some(locality) = &report.network.locality {
        facts.push(Fact { label: words.about_locality(), value: Cell::text(locality) });
    }
    facts.push(Fact { label: words.about_counted(), value: Cell::Instant(report.generated_at) });
    facts
}
