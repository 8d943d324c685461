//! Direct identifiers in free text: what points at one person in a note that should point at nobody. Looking for them
//! reduces the risk that they are kept; it finds what has a form, or stands on the network's own list, and does not know
//! whom the rest of a text describes.
//!
//! `find` is pure: no database, no clock, no log. It hands out places and never what stands there. It reads Dutch, sees
//! through what only looks different (`folding`), and takes time in proportion to the text (`reading`).

mod address;
mod bsn;
mod context;
mod dates;
mod email;
mod folding;
mod house_number;
mod iban;
mod lexicon;
mod names;
mod numbers;
mod phone;
mod reading;
mod street;
#[cfg(test)]
mod tests;
pub mod types;

pub use names::Names;
pub use types::{Certainty, Finding, IdentifierKind};

use reading::Reading;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Something found, in bytes of the folded text.
#[derive(Clone, Copy, Debug)]
struct Hit {
    kind: IdentifierKind,
    certainty: Certainty,
    start: usize,
    end: usize,
}

/// The identifiers in a text, by offset. None overlaps another: the surer one stays, then the longer one.
pub fn find(text: &str, names: &Names) -> Vec<Finding> {
    let reading = Reading::new(text);
    // A link to a record is no address. Of a BSN nothing is taken for granted.
    let stands = |hit: &Hit| hit.kind == IdentifierKind::Bsn || !reading.is_of_uuid(hit.start, hit.end);
    let findings = hits(&reading, names).into_iter().filter(stands).map(|hit| {
        let (offset, length) = reading.place(hit.start, hit.end);
        (hit.end - hit.start, Finding { kind: hit.kind, certainty: hit.certainty, offset, length })
    });
    apart(findings.collect())
}

fn hits(reading: &Reading, names: &Names) -> Vec<Hit> {
    let mut hits = Vec::new();
    email::find(reading, &mut hits);
    iban::find(reading, &mut hits);
    let groups = numbers::groups(reading);
    bsn::find(reading, &groups, &mut hits);
    phone::find(reading, &groups, &mut hits);
    dates::find(reading, &mut hits);
    address::find(reading, &groups, &mut hits);
    names.find(reading, &mut hits);
    hits
}

/// Leaves out what overlaps something surer or longer. What is longer is told by the folded text, whose length goes with each:
/// in the text as given a character that nobody sees would decide whether a BSN is found.
fn apart(mut findings: Vec<(usize, Finding)>) -> Vec<Finding> {
    findings.sort_by_key(|(read, finding)| (finding.certainty, Reverse(*read), finding.offset, finding.kind));
    let mut kept: BTreeMap<u32, Finding> = BTreeMap::new();
    for (_, finding) in findings {
        let free =
            kept.range(..finding.end()).next_back().is_none_or(|(_, before)| before.end() <= finding.offset);
        if free {
            kept.insert(finding.offset, finding);
        }
    }
    kept.into_values().collect()
}
