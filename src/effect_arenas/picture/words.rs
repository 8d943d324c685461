//! The words of the picture, in Dutch and English.

use super::Subject;
use crate::effect_arenas::balance::ArenaPosition;
use crate::effect_arenas::content::Quantity;
use crate::effect_arenas::types::ArenaState;
use crate::effect_arenas::views::types::ArenaViewKind;
use crate::people::types::Locale;
use chrono::{Datelike, NaiveDate};

pub struct Words {
    months: [&'static str; 12],
    pub arena: &'static str,
    /// The columns, from left to right.
    pub columns: [&'static str; 4],
    subjects: [&'static str; 3],
    states: [&'static str; 4],
    version: &'static str,
    pub expected: &'static str,
    pub seen: &'static str,
    pub not_seen: &'static str,
    pub output: &'static str,
    pub outcome: &'static str,
    pub carried_out_by: &'static str,
    pub puts_in: &'static str,
    pub reaps: &'static str,
    /// Both, who only pays, and who only reaps: as a mark on a box, and as a heading.
    marks: [&'static str; 3],
    pub positions: &'static str,
    headings: [&'static str; 3],
    pub nobody: &'static str,
    pub in_words: &'static str,
    observations: [&'static str; 2],
    evaluations: [&'static str; 2],
    pub views: &'static str,
    pub whole: &'static str,
    kinds: [&'static str; 2],
    hours: [&'static str; 2],
    thousands: char,
    decimals: char,
    pub invests_in: &'static str,
    pub leads_to: &'static str,
    pub is_reaped_by: &'static str,
    pub nothing_yet: &'static str,
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
    arena: "Effectenarena",
    columns: ["Wie investeert", "Activiteiten", "Effecten", "Wie verzilvert"],
    subjects: ["Actie", "Leercyclus", "Initiatief"],
    states: ["Concept", "Afgesproken", "Geëvalueerd", "Ingetrokken"],
    version: "versie",
    expected: "Verwacht",
    seen: "Gezien",
    not_seen: "Nog niets gezien",
    output: "Output",
    outcome: "Outcome",
    carried_out_by: "Door",
    puts_in: "Legt in",
    reaps: "Verzilvert",
    marks: ["betaalt en verzilvert", "betaalt, verzilvert niet", "verzilvert, betaalt niet"],
    positions: "Waar betaler en verzilveraar verschillen",
    headings: ["Betaalt en verzilvert", "Betaalt, verzilvert niet", "Verzilvert, betaalt niet"],
    nobody: "Niemand",
    in_words: "niet geteld",
    observations: ["waarneming", "waarnemingen"],
    evaluations: ["evaluatie", "evaluaties"],
    views: "Verschil van inzicht",
    whole: "De arena als geheel",
    kinds: ["Tegengeluid", "Andere lezing"],
    hours: ["uur", "uur"],
    thousands: '.',
    decimals: ',',
    invests_in: "investeert in",
    leads_to: "leidt tot",
    is_reaped_by: "wordt verzilverd door",
    nothing_yet: "Nog leeg",
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
    arena: "Effect arena",
    columns: ["Who invests", "Activities", "Effects", "Who collects"],
    subjects: ["Action", "Cycle", "Initiative"],
    states: ["Draft", "Agreed", "Evaluated", "Withdrawn"],
    version: "version",
    expected: "Expected",
    seen: "Seen",
    not_seen: "Nothing seen yet",
    output: "Output",
    outcome: "Outcome",
    carried_out_by: "By",
    puts_in: "Puts in",
    reaps: "Reaps",
    marks: ["pays and reaps", "pays, does not reap", "reaps, does not pay"],
    positions: "Where payer and collector differ",
    headings: ["Pays and reaps", "Pays, does not reap", "Reaps, does not pay"],
    nobody: "Nobody",
    in_words: "not counted",
    observations: ["observation", "observations"],
    evaluations: ["evaluation", "evaluations"],
    views: "Seen differently",
    whole: "The arena as a whole",
    kinds: ["Dissent", "Other reading"],
    hours: ["hour", "hours"],
    thousands: ',',
    decimals: '.',
    invests_in: "invests in",
    leads_to: "leads to",
    is_reaped_by: "is reaped by",
    nothing_yet: "Still empty",
};

fn of_position([both, pays, reaps]: [&'static str; 3], position: ArenaPosition) -> &'static str {
    match position {
        ArenaPosition::PaysAndReaps => both,
        ArenaPosition::PaysOnly => pays,
        ArenaPosition::ReapsOnly => reaps,
    }
}

pub fn words(language: Locale) -> &'static Words {
    match language {
        Locale::Nl => &DUTCH,
        Locale::En => &ENGLISH,
    }
}

impl Words {
    /// A calendar day, such as 3 november 2026.
    pub fn day(&self, day: NaiveDate) -> String {
        format!("{} {} {}", day.day(), self.months[day.month0() as usize], day.year())
    }

    pub fn subject(&self, subject: Subject) -> &'static str {
        let [action, cycle, initiative] = self.subjects;
        match subject {
            Subject::Action => action,
            Subject::Cycle => cycle,
            Subject::Initiative => initiative,
        }
    }

    /// The state, and which version it is: Afgesproken, versie 2.
    pub fn state(&self, state: ArenaState, number: i32) -> String {
        let [draft, agreed, evaluated, withdrawn] = self.states;
        match state {
            ArenaState::Draft => draft.to_owned(),
            ArenaState::Agreed => format!("{agreed}, {} {number}", self.version),
            ArenaState::Evaluated => format!("{evaluated}, {} {number}", self.version),
            ArenaState::Withdrawn => withdrawn.to_owned(),
        }
    }

    pub fn mark(&self, position: ArenaPosition) -> &'static str {
        of_position(self.marks, position)
    }

    pub fn heading(&self, position: ArenaPosition) -> &'static str {
        of_position(self.headings, position)
    }

    pub fn kind(&self, kind: ArenaViewKind) -> &'static str {
        let [dissent, reading] = self.kinds;
        match kind {
            ArenaViewKind::Dissent => dissent,
            ArenaViewKind::Reading => reading,
        }
    }

    /// What something is seen by: 2 waarnemingen, 1 evaluatie.
    pub fn evidence(&self, observations: usize, evaluations: usize) -> String {
        let counted = |count: usize, [one, many]: [&str; 2]| {
            (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { many }))
        };
        let parts = [counted(observations, self.observations), counted(evaluations, self.evaluations)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Hours and euros: 1.250 uur · € 14.400,50; empty where neither is counted.
    pub fn counted(&self, hours: Option<Quantity>, euros: Option<Quantity>) -> String {
        let hours = hours.map(|hours| {
            let noun = if hours.to_string() == "1" { self.hours[0] } else { self.hours[1] };
            format!("{}\u{a0}{noun}", self.number(hours))
        });
        let euros = euros.map(|euros| format!("€\u{a0}{}", self.number(euros)));
        [hours, euros].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn number(&self, quantity: Quantity) -> String {
        let written = quantity.to_string();
        let (digits, behind) = written.split_once('.').unwrap_or((&written, ""));
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(self.thousands);
            }
            text.push(digit);
        }
        if behind.bytes().any(|digit| digit != b'0') {
            text.push_str(&format!("{}{behind:0<2}", self.decimals));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_evidence_in_words() {
        let quantity =
            |text: &str| serde_json::from_str::<Quantity>(&format!("\"{text}\"")).expect("a quantity");
        let (hours, euros) = (Some(quantity("1250")), Some(quantity("14400.5")));
        assert_eq!(DUTCH.counted(hours, euros), "1.250\u{a0}uur · €\u{a0}14.400,50");
        assert_eq!(ENGLISH.counted(Some(quantity("1")), None), "1\u{a0}hour");
        assert_eq!(ENGLISH.counted(hours, euros), "1,250\u{a0}hours · €\u{a0}14,400.50");
        assert_eq!(DUTCH.counted(None, None), "");
        assert_eq!(DUTCH.evidence(2, 1), "2 waarnemingen, 1 evaluatie");
        assert_eq!(ENGLISH.evidence(0, 0), "");
    }
}
