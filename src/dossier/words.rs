//! The words around the texts, in Dutch and English.

use crate::cells::{Cell, LEAST};
use crate::clock::Instant;
use crate::insights::reading::ToldVerdicts;
use crate::people::types::Locale;
use chrono::{Datelike, NaiveDate};

pub struct Words {
    months: [&'static str; 12],
    pub dossier: &'static str,
    pub about: &'static str,
    pub nothing_now: &'static str,
    pub contents: &'static str,
    pub from_practice: &'static str,
    pub older: &'static str,
    pub follow: &'static str,
    pub other_language: &'static str,
    pub newsletter: &'static str,
    pub introduction: &'static str,
    pub nothing_then: &'static str,
    pub sources: &'static str,
    pub source: &'static str,
    pub read_on: &'static str,
    pub until: &'static str,
    none: &'static str,
    at_least: &'static str,
    fewer_than: &'static str,
    observations: &'static str,
    verdicts: [&'static str; 3],
}

static DUTCH: Words = Words {
    months: [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    dossier: "Dossier",
    about: "Wat leernetwerken in de praktijk over dit thema leerden. Van elke tekst verklaren de opsteller en een tweede \
            persoon dat er niemand in te herkennen is.",
    nothing_now: "Op dit moment staat er niets in dit dossier.",
    contents: "In dit dossier",
    from_practice: "Uit de praktijk",
    older: "Oudere bijdragen",
    follow: "Volg dit dossier",
    other_language: "In English",
    newsletter: "Nieuwsbrief",
    introduction: "Hier komt een inleiding van twee of drie zinnen: wat valt op, en wat vragen we de lezer?",
    nothing_then: "In deze periode is er niets gepubliceerd.",
    sources: "Bronnen",
    source: "Bron",
    read_on: "Lees in het dossier",
    until: "tot en met",
    none: "geen",
    at_least: "minstens",
    fewer_than: "minder dan",
    observations: "waarnemingen",
    verdicts: ["gewerkt", "deels gewerkt", "niet gewerkt"],
};

static ENGLISH: Words = Words {
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    dossier: "Dossier",
    about: "What learning networks found out about this theme in practice. Of each text its author and a second person \
            state that nobody can be recognised in it.",
    nothing_now: "There is nothing in this dossier at the moment.",
    contents: "In this dossier",
    from_practice: "From practice",
    older: "Older contributions",
    follow: "Follow this dossier",
    other_language: "In het Nederlands",
    newsletter: "Newsletter",
    introduction: "Here goes an introduction of two or three sentences: what stands out, and what do we ask the reader?",
    nothing_then: "Nothing was published in this period.",
    sources: "Sources",
    source: "Source",
    read_on: "Read it in the dossier",
    until: "to",
    none: "no",
    at_least: "at least",
    fewer_than: "fewer than",
    observations: "observations",
    verdicts: ["worked", "worked in part", "did not work"],
};

pub fn words(language: Locale) -> &'static Words {
    match language {
        Locale::Nl => &DUTCH,
        Locale::En => &ENGLISH,
    }
}

/// The language that a page links to besides its own.
pub fn other(language: Locale) -> Locale {
    match language {
        Locale::Nl => Locale::En,
        Locale::En => Locale::Nl,
    }
}

impl Words {
    /// A calendar day, such as 3 november 2026.
    pub fn day(&self, day: NaiveDate) -> String {
        format!("{} {} {}", day.day(), self.months[day.month0() as usize], day.year())
    }

    pub fn day_of(&self, instant: Instant) -> String {
        self.day(instant.day())
    }

    /// What stands behind an insight: minstens 10 waarnemingen · minstens 5 × gewerkt · minder dan 5 × niet gewerkt.
    pub fn evidence(&self, observations: Cell, verdicts: &ToldVerdicts) -> String {
        let seen = self.about_so_many(observations).unwrap_or_else(|| self.none.to_owned());
        let mut parts = vec![format!("{seen} {}", self.observations)];
        let cells = [verdicts.worked, verdicts.partly, verdicts.did_not_work];
        let told = cells.into_iter().zip(self.verdicts);
        parts.extend(told.filter_map(|(cell, verdict)| {
            Some(format!("{}\u{a0}×\u{a0}{verdict}", self.about_so_many(cell)?))
        }));
        parts.join(" · ")
    }

    /// None of nothing.
    fn about_so_many(&self, cell: Cell) -> Option<String> {
        match cell.told() {
            Some(0) => None,
            Some(count) => Some(format!("{} {count}", self.at_least)),
            None => Some(format!("{} {LEAST}", self.fewer_than)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cells::Side;

    #[test]
    fn days_and_evidence_in_words() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day");
        assert_eq!((DUTCH.day(day).as_str(), ENGLISH.day(day).as_str()), ("1 maart 2026", "1 March 2026"));
        let cell = |count| Cell::of_some(count, Side::Outside);
        let verdicts = ToldVerdicts { worked: cell(7), partly: cell(0), did_not_work: cell(1) };
        assert_eq!(
            DUTCH.evidence(cell(12), &verdicts),
            "minstens 10 waarnemingen · minstens 5\u{a0}×\u{a0}gewerkt · minder dan 5\u{a0}×\u{a0}niet gewerkt"
        );
        let nothing = ToldVerdicts { worked: cell(0), ..verdicts };
        let nothing = ToldVerdicts { did_not_work: cell(0), ..nothing };
        assert_eq!(ENGLISH.evidence(cell(1), &nothing), "fewer than 5 observations");
        assert_eq!(ENGLISH.evidence(cell(0), &nothing), "no observations");
    }
}
