//! E-mail addresses: the part before the sign and a domain with a dot (RFC 5321), also as people write them to hide them
//! from machines: *jan (at) voorbeeld (punt) nl*.

use super::Hit;
use super::reading::{Class, Reading};
use super::types::{Certainty, IdentifierKind};

/// Tokens of either part that are looked at.
const REACH: usize = 64;
/// The mailboxes of organisations, which point at nobody by themselves.
const SHARED: [&str; 22] = [
    "info",
    "contact",
    "post",
    "mail",
    "balie",
    "receptie",
    "secretariaat",
    "administratie",
    "klantenservice",
    "helpdesk",
    "support",
    "noreply",
    "redactie",
    "bestuur",
    "aanmelden",
    "aanmelding",
    "gemeente",
    "wijkteam",
    "privacy",
    "fg",
    "team",
    "zorgloket",
];
/// What ends a domain where nothing but spelled words tell that it is one.
const KNOWN: [&str; 14] =
    ["nl", "com", "net", "org", "eu", "be", "de", "fr", "uk", "info", "nu", "example", "amsterdam", "frl"];

pub fn find(reading: &Reading, hits: &mut Vec<Hit>) {
    for place in 0..reading.len() {
        hits.extend(at(reading, place).and_then(|at| address(reading, at)));
    }
}

/// The sign, however it is written: the places it ends before and goes on from.
struct At {
    left: usize,
    right: usize,
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As it should be.
    Joined,
    /// With spaces around it, which is also how a place or a price is noted: *koffie @ het buurthuis.nl*.
    Spaced,
    /// In words.
    Spelled,
    /// In the one word that Dutch has for something else, too: *hij at*.
    Bare,
}

fn at(reading: &Reading, place: usize) -> Option<At> {
    let spaces = |left: usize, right: usize, form: Form| {
        let space = |place: usize| reading.is(place, Class::Space);
        let before = left.checked_sub(1).is_some_and(space);
        let form = if form == Form::Joined && (before || space(right)) { Form::Spaced } else { form };
        At { left: left - usize::from(before), right: right + usize::from(space(right)), form }
    };
    match (reading.class(place)?, reading.text(place)) {
        (Class::Sign, "@") => Some(spaces(place, place + 1, Form::Joined)),
        (Class::Word, "at" | "apenstaart" | "apenstaartje") => {
            if bracketed(reading, place) {
                return Some(spaces(place - 1, place + 2, Form::Spelled));
            }
            let form = if reading.sign(place, "at") { Form::Bare } else { Form::Spelled };
            Some(spaces(place, place + 1, form)).filter(|at| at.left < place && at.right > place + 1)
        }
        _ => None,
    }
}

fn bracketed(reading: &Reading, place: usize) -> bool {
    let open = place.checked_sub(1).map_or("", |before| reading.text(before));
    matches!((open, reading.text(place + 1)), ("(", ")") | ("[", "]") | ("{", "}") | ("<", ">") | ("_", "_"))
}

fn address(reading: &Reading, at: At) -> Option<Hit> {
    let first = local(reading, at.left)?;
    let domain = domain(reading, at.right)?;
    let certainty = match at.form {
        Form::Bare if !domain.known || !domain.spelled => return None,
        Form::Spaced if !domain.known => return None,
        Form::Spaced => Certainty::Weak,
        _ if SHARED.contains(&reading.text(first)) => Certainty::Weak,
        _ => Certainty::Strong,
    };
    let (start, end) = (reading.get(first)?.start, reading.get(domain.last)?.end);
    Some(Hit { kind: IdentifierKind::Email, certainty, start, end })
}

/// The first token of the part that ends before this place.
fn local(reading: &Reading, end: usize) -> Option<usize> {
    let mut first = None;
    for place in (end.saturating_sub(REACH)..end).rev() {
        match (reading.class(place)?, reading.text(place)) {
            (Class::Word | Class::Digits, _) => first = Some(place),
            (Class::Sign, "." | "_" | "-" | "+" | "%" | "&" | "'" | "#" | "=" | "~") => {}
            _ => break,
        }
    }
    first
}

struct Domain {
    last: usize,
    /// Whether it ends in one of the endings that are used here.
    known: bool,
    /// Whether its dots are words.
    spelled: bool,
}

/// The domain that begins at this place: at least two labels, the last of letters.
fn domain(reading: &Reading, start: usize) -> Option<Domain> {
    let (mut place, mut found, mut spelled) = (start, None, false);
    for dots in 0..REACH {
        let last = label(reading, place)?;
        let top =
            last == place && reading.is(last, Class::Word) && reading.text(last).chars().nth(1).is_some();
        if dots > 0 && top {
            let known = KNOWN.contains(&reading.text(last));
            found = Some(Domain { last, known, spelled });
        }
        match dot(reading, last + 1) {
            Some((next, words)) if label(reading, next).is_some() => {
                place = next;
                spelled |= words;
            }
            _ => break,
        }
    }
    found
}

/// The last token of a label: letters, digits, and hyphens between them.
fn label(reading: &Reading, start: usize) -> Option<usize> {
    let mut last = None;
    for place in start..start + REACH {
        match reading.class(place) {
            Some(Class::Word | Class::Digits) => last = Some(place),
            Some(Class::Sign) if place > start && ["-", "_"].contains(&reading.text(place)) => {}
            _ => break,
        }
    }
    last
}

/// The place after a dot, and whether it was a word.
fn dot(reading: &Reading, place: usize) -> Option<(usize, bool)> {
    if reading.sign(place, ".") {
        return Some((place + 1, false));
    }
    let space = |place: usize| usize::from(reading.is(place, Class::Space));
    let word = place + space(place);
    if word > place && reading.sign(word, ".") && space(word + 1) == 1 {
        return Some((word + 2, true));
    }
    let is_dot = |place: usize| ["punt", "dot"].contains(&reading.text(place));
    if is_dot(word + 1) && bracketed(reading, word + 1) {
        return Some((word + 3 + space(word + 3), true));
    }
    (is_dot(word) && word > place && space(word + 1) == 1).then_some((word + 2, true))
}
