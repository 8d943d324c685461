//! What is looked for in free texts.

use feedbacklus::identifiers::{Certainty, Finding, IdentifierKind, Names, find};
use std::sync::LazyLock;

/// The names of a network that keeps some.
static NAMES: LazyLock<Names> =
    LazyLock::new(|| Names::new(["Fatima Yılmaz", "Jan-Willem de Vries", "O'Brien", "Bo"]));

/// The first byte says where something unseen is put in, the rest is the text.
pub fn holds(data: &[u8]) {
    let (at, text) = super::choice(data);
    let text = String::from_utf8_lossy(text);
    let found = find(&text, &NAMES);
    lie_in(&text, &found);
    assert_eq!(found, find(&text, &NAMES), "the same text has the same findings");
    for finding in find(&text, &Names::none()) {
        assert_ne!(finding.kind, IdentifierKind::Name, "without names no name is found");
    }
    nothing_unseen_hides(&text, usize::from(at), &found);
    what_is_put_in_its_place_is_no_finding(&text, &found);
}

/// In their order, each of something, none beyond the end and none over another.
fn lie_in(text: &str, found: &[Finding]) {
    let (mut free, length) = (0, text.chars().count());
    for finding in found {
        assert!(finding.length > 0 && finding.offset >= free, "{found:?}");
        free = finding.end();
    }
    assert!(free as usize <= length, "{found:?} in {length}");
}

/// Characters that take no room neither hide anything nor make it up.
fn nothing_unseen_hides(text: &str, at: usize, found: &[Finding]) {
    const UNSEEN: [char; 4] = ['\u{200B}', '\u{AD}', '\u{2060}', '\u{FE0F}'];
    let mut broken: Vec<char> = text.chars().collect();
    broken.insert(at % (broken.len() + 1), UNSEEN[at % UNSEEN.len()]);
    let broken: String = broken.into_iter().collect();
    let again = find(&broken, &NAMES);
    lie_in(&broken, &again);
    let kinds = |found: &[Finding]| -> Vec<(IdentifierKind, Certainty)> {
        found.iter().map(|finding| (finding.kind, finding.certainty)).collect()
    };
    assert_eq!(kinds(found), kinds(&again), "{text:?} and {broken:?}");
}

/// A text that was redacted has nothing where something stood.
fn what_is_put_in_its_place_is_no_finding(text: &str, found: &[Finding]) {
    const PLACE: &str = "[naam]";
    let letters: Vec<char> = text.chars().collect();
    let (mut redacted, mut places, mut from) = (String::new(), Vec::new(), 0);
    for finding in found {
        redacted.extend(&letters[from..finding.offset as usize]);
        let start = redacted.chars().count();
        redacted.push_str(PLACE);
        places.push(start..start + PLACE.len());
        from = finding.end() as usize;
    }
    redacted.extend(&letters[from..]);
    for finding in find(&redacted, &NAMES) {
        let (start, end) = (finding.offset as usize, finding.end() as usize);
        let over = places.iter().find(|place| place.start < end && start < place.end);
        assert_eq!(over, None, "{finding:?} in {redacted:?}");
    }
}
