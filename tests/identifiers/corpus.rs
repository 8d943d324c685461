//! Precision and recall on the labelled sentences, printed for each kind and held to their floors. A finding counts as
//! right when a label of its kind lies under it with more than half of its length.

use crate::sentences::{Label, Sentence, held_out, names, tuning};
use feedbacklus::identifiers::{Certainty, Finding, IdentifierKind, find};
use std::collections::BTreeMap;
use std::fmt::Write;
use strum::IntoEnumIterator;

/// The least share of strong identifiers that is found as strong, and of findings that are right.
const RECALL: f64 = 0.97;
const PRECISION: f64 = 0.98;

/// What was counted for a kind and a certainty.
#[derive(Clone, Copy, Default)]
struct Tally {
    labels: usize,
    found: usize,
    findings: usize,
    right: usize,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.labels += other.labels;
        self.found += other.found;
        self.findings += other.findings;
        self.right += other.right;
    }

    fn recall(self) -> f64 {
        share(self.found, self.labels)
    }

    fn precision(self) -> f64 {
        share(self.right, self.findings)
    }
}

#[expect(clippy::cast_precision_loss, reason = "hundreds")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn overlap(label: &Label, finding: &Finding) -> bool {
    let (start, end) = (finding.offset as usize, finding.end() as usize);
    let shared = label.end.min(end).saturating_sub(label.start.max(start));
    label.kind == finding.kind && shared * 2 > label.end - label.start
}

/// What was found in the sentences, and a line for all that went wrong.
fn measure(sentences: &[Sentence]) -> (BTreeMap<(IdentifierKind, Certainty), Tally>, String) {
    let names = names();
    let (mut tallies, mut faults) = (BTreeMap::new(), String::new());
    for Sentence { text, labels } in sentences {
        let findings = find(text, &names);
        for label in labels {
            let found = findings
                .iter()
                .any(|finding| overlap(label, finding) && finding.certainty == label.certainty);
            let tally = Tally { labels: 1, found: usize::from(found), ..Tally::default() };
            tallies.entry((label.kind, label.certainty)).or_insert(Tally::default()).add(tally);
            if !found {
                let _ = writeln!(
                    faults,
                    "missed {:?} {:?}: {text}\n    found {findings:?}",
                    label.kind, label.certainty
                );
            }
        }
        for finding in &findings {
            let right = labels.iter().any(|label| overlap(label, finding));
            let tally = Tally { findings: 1, right: usize::from(right), ..Tally::default() };
            tallies.entry((finding.kind, finding.certainty)).or_insert(Tally::default()).add(tally);
            if !right {
                let _ = writeln!(faults, "wrong {finding:?}: {text}");
            }
        }
    }
    (tallies, faults)
}

fn sum(tallies: &BTreeMap<(IdentifierKind, Certainty), Tally>, which: impl Fn(Certainty) -> bool) -> Tally {
    let mut total = Tally::default();
    tallies.iter().filter(|((_, certainty), _)| which(*certainty)).for_each(|(_, tally)| total.add(*tally));
    total
}

#[track_caller]
fn hold(name: &str, sentences: &[Sentence]) {
    let (tallies, faults) = measure(sentences);
    let innocent = sentences.iter().filter(|sentence| sentence.labels.is_empty()).count();
    println!("{name}: {} sentences, {innocent} of them innocent", sentences.len());
    for kind in IdentifierKind::iter() {
        let certainties =
            Certainty::iter().filter_map(|certainty| Some((certainty, tallies.get(&(kind, certainty))?)));
        for (certainty, tally) in certainties {
            row(&format!("{kind:?}, {certainty:?}"), *tally);
        }
    }
    row("all", sum(&tallies, |_| true));
    println!("{faults}");
    for ((kind, certainty), tally) in &tallies {
        let floor = *certainty == Certainty::Weak || tally.recall() >= RECALL;
        assert!(floor, "{name}: recall of {kind:?} is {:.3}", tally.recall());
    }
    for (what, tally) in
        [("all", sum(&tallies, |_| true)), ("strong", sum(&tallies, |one| one == Certainty::Strong))]
    {
        assert!(
            tally.precision() >= PRECISION,
            "{name}: precision of {what} findings is {:.3}",
            tally.precision()
        );
    }
}

fn row(name: &str, tally: Tally) {
    println!(
        "  {name:<18} precision {:.3} ({:>3} of {:>3})  recall {:.3} ({:>3} of {:>3})",
        tally.precision(),
        tally.right,
        tally.findings,
        tally.recall(),
        tally.found,
        tally.labels,
    );
}

#[test]
fn the_sentences_that_the_rules_were_made_with() {
    hold("tuning", &tuning());
}

#[test]
fn the_sentences_that_they_were_not_made_with() {
    hold("held out", &held_out());
}

#[test]
fn half_of_the_sentences_are_innocent_and_three_in_ten_are_held_out() {
    let (tuned, held) = (tuning(), held_out());
    let all = tuned.len() + held.len();
    let innocent = tuned.iter().chain(&held).filter(|sentence| sentence.labels.is_empty()).count();
    assert!(all >= 420, "{all} sentences");
    assert!(innocent * 2 >= all, "{innocent} of {all} are innocent");
    assert!(held.len() * 10 >= all * 3, "{} of {all} are held out", held.len());
    for kind in IdentifierKind::iter() {
        let strong = |label: &Label| (label.kind, label.certainty) == (kind, Certainty::Strong);
        let labels = |set: &[Sentence]| {
            set.iter().flat_map(|sentence| &sentence.labels).filter(|one| strong(one)).count()
        };
        assert!(
            labels(&tuned) >= 10 && labels(&held) >= 5,
            "{kind:?}: {} and {}",
            labels(&tuned),
            labels(&held)
        );
    }
}
