//! Bank accounts: IBANs as ISO 13616 has them, with the lengths and forms of SWIFT's registry and the check digits of
//! ISO 7064 (mod 97-10), which `iban_validate` knows. They may be parted by spaces and signs in any way.

use super::Hit;
use super::reading::{Class, Reading};
use super::types::{Certainty, IdentifierKind};
use iban::Iban;

/// The shortest IBAN of the registry is Norway's, the longest that the standard allows has 34.
const SHORTEST: usize = 15;
const LONGEST: usize = 34;
/// Tokens between two parts.
const BETWEEN: usize = 3;
/// Letters that may be written onto an IBAN.
const PREFIX: &str = "iban";

pub fn find(reading: &Reading, hits: &mut Vec<Hit>) {
    for place in 0..reading.len() {
        if let Some(start) = country(reading, place) {
            hits.extend(account(reading, place, start));
        }
    }
}

/// Where the two letters of a country begin that this word is, or ends in after *IBAN*; in bytes.
fn country(reading: &Reading, place: usize) -> Option<usize> {
    let word = reading.get(place).filter(|token| token.class == Class::Word)?;
    let text = reading.text(place);
    let alone = text.len() == 2 || text.strip_prefix(PREFIX).is_some_and(|rest| rest.len() == 2);
    (alone && text.is_ascii()).then(|| word.end - 2)
}

/// The longest account that begins with these letters. A Dutch one whose check digits are wrong is a weak finding: it is
/// an account with a slip of the pen.
fn account(reading: &Reading, first: usize, start: usize) -> Option<Hit> {
    let mut electronic = reading.slice(start, start + 2).to_ascii_uppercase();
    let mut found = None;
    let mut place = first + 1;
    while let Some(next) = part(reading, place) {
        electronic.push_str(&reading.text(next).to_ascii_uppercase());
        let checked = electronic.bytes().skip(2).take(2).all(|byte| byte.is_ascii_digit());
        if !checked || electronic.len() > LONGEST {
            break;
        }
        if electronic.len() >= SHORTEST
            && let Some(certainty) = certainty(&electronic)
            && found.is_none_or(|(_, surest)| certainty <= surest)
        {
            found = Some((next, certainty));
        }
        place = next + 1;
    }
    let (last, certainty) = found?;
    let end = reading.get(last)?.end;
    Some(Hit { kind: IdentifierKind::Iban, certainty, start, end })
}

/// The next letters or digits, with no more than a few spaces and signs before them.
fn part(reading: &Reading, from: usize) -> Option<usize> {
    for place in from..=from + BETWEEN {
        match (reading.class(place)?, reading.text(place)) {
            (Class::Word | Class::Digits, text) => return text.is_ascii().then_some(place),
            (Class::Space, spaces) if spaces.len() <= BETWEEN => {}
            (Class::Sign, "." | "-" | "/" | "_" | ":" | "*") => {}
            _ => return None,
        }
    }
    None
}

fn certainty(electronic: &str) -> Option<Certainty> {
    if electronic.parse::<Iban>().is_ok() {
        return Some(Certainty::Strong);
    }
    let (bank, account) = (electronic.get(4..8)?, electronic.get(8..)?);
    let dutch = electronic.starts_with("NL")
        && bank.bytes().all(|byte| byte.is_ascii_uppercase())
        && account.len() == 10
        && account.bytes().all(|byte| byte.is_ascii_digit());
    dutch.then_some(Certainty::Weak)
}
