//! The number of a house, with what is added to it: 12, 12a, 12 bis, 12-3, 12 II.

use super::context;
use super::lexicon::Meaning;
use super::reading::{Class, Reading};

/// Tokens between what a number belongs to and the number: signs, spaces, *nr.*
const BETWEEN: usize = 5;
/// Additions that are words.
const ADDITIONS: [&str; 12] =
    ["bis", "hs", "huis", "rd", "zw", "boven", "beneden", "i", "ii", "iii", "iv", "ter"];
/// Letters of an addition that is written onto the number.
const GLUED: usize = 3;

/// A number, in tokens: the place after its last one.
pub struct HouseNumber {
    pub end: usize,
}

/// The number that comes right after what ends at this place.
pub fn after(reading: &Reading, from: usize) -> Option<HouseNumber> {
    let place = start(reading, from)?;
    let digits = reading.text(place);
    let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    if digits.len() > 5 || digits.starts_with('0') || year || goes_on(reading, place) {
        return None;
    }
    let end = addition(reading, place + 1);
    let next = end + usize::from(reading.is(end, Class::Space));
    let measured = matches!(reading.meaning(next), Some(Meaning::Unit | Meaning::Month(_) | Meaning::Money));
    let counts = measured || context::is_plural(reading, next);
    (!counts && !["%", "€", "°"].contains(&reading.text(next))).then_some(HouseNumber { end })
}

/// Where its digits are.
fn start(reading: &Reading, from: usize) -> Option<usize> {
    for place in from..=from + BETWEEN {
        match (reading.class(place)?, reading.text(place)) {
            (Class::Digits, _) => return Some(place),
            (Class::Space | Class::Line, _) | (Class::Sign, "," | "-" | "/" | "." | ":" | "#") => {}
            (Class::Word, "nr" | "nummer" | "no" | "huisnummer" | "huisnr" | "num") => {}
            _ => return None,
        }
    }
    None
}

/// Whether the digits are the beginning of a date, a time, an amount or a telephone number.
fn goes_on(reading: &Reading, place: usize) -> bool {
    let more = |place: usize| reading.is(place, Class::Digits);
    let (sign, next) = (reading.text(place + 1), more(place + 2));
    let again = ["-", "/", "."].contains(&reading.text(place + 3)) && more(place + 4);
    next && match sign {
        ":" | "," | "." => true,
        "-" | "/" => again || reading.text(place + 2).len() > 4,
        _ => false,
    }
}

/// The place after what is added to the number.
fn addition(reading: &Reading, from: usize) -> usize {
    let letters = |place: usize| reading.get(place).filter(|token| token.class == Class::Word);
    if let Some(token) = letters(from) {
        return if token.end - token.start <= GLUED { from + 1 } else { from };
    }
    let apart = reading.is(from, Class::Space);
    let joined = reading.sign(from, "-") || reading.sign(from, "/");
    let word = letters(from + 1).map(|token| (token.end - token.start, token.capital));
    match word {
        _ if joined && reading.is(from + 1, Class::Digits) => from + 2,
        Some((1..=GLUED, _)) if joined => from + 2,
        Some((1, true)) if apart => from + 2,
        Some(_) if apart && ADDITIONS.contains(&reading.text(from + 1)) => from + 2,
        _ => from,
    }
}
