//! Houses. A postcode with the number of a house is one house, or a few (four digits of which the first is no zero, and two
//! letters but not SA, SD or SS; NEN 5825 and the Basisregistratie Adressen en Gebouwen): strong. A postcode alone is a
//! street or a part of it, and a street with a number a house in a place that the text may not name: weak. A street, a
//! neighbourhood or the four digits of an area by themselves are what notes may say.

use super::Hit;
use super::context::{self, ends_sentence};
use super::house_number::{self, HouseNumber};
use super::lexicon::Meaning;
use super::numbers::Group;
use super::reading::{Class, Reading};
use super::street::{self, Street};
use super::types::{Certainty, IdentifierKind};

/// Letters that no postcode has, for what they stood for.
const NEVER: [&str; 3] = ["sa", "sd", "ss"];
/// Two letters that follow a number for another reason: units, abbreviations.
const AFTER_NUMBERS: &str = "km kg cm mm dm hm ml cl dl mg ng gr kb mb gb tb kw mw pk hz kv kj pa eu vn vs uk ai it hr bv nv ov wo tv pc \
                             cv cc st nl be de ad bc am pm em rm";
/// Words of two letters: after a space they are no part of a postcode in small letters, and hardly in capitals.
const WORDS: &str = "is en de in op om te ik je we ze er al af na of nu zo ja me ga ha oh ex uw dr mr ds ca nr zn va tm bv bs ma di wo do \
                     vr za";
/// Tokens between a street with its number and the postcode that belongs to it, as in *Dorpsstraat 1 in Nijmegen, 6511 AB*.
const TOGETHER: usize = 10;
/// Tokens from the beginning of a street to the digits of its number, at most: its words with their spaces, and what may stand
/// between it and the number.
const TO_DIGITS: usize = 16;

/// A part of an address, in tokens: the places of its first one and after its last one.
#[derive(Clone, Copy)]
struct Part {
    start: usize,
    end: usize,
    what: What,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Street,
    Postcode,
    /// A postcode with a number.
    House,
}

pub fn find(reading: &Reading, groups: &[Group], hits: &mut Vec<Hit>) {
    let mut parts: Vec<Part> = Vec::new();
    let mut place = 0;
    let mut digits = groups.iter().map(|group| group.place).peekable();
    while place < reading.len() {
        while digits.next_if(|digits| *digits < place).is_some() {}
        // No part of an address is without digits.
        let Some(next) = digits.peek() else { break };
        place = place.max(next.saturating_sub(TO_DIGITS));
        let part = street_part(reading, place).or_else(|| postcode_part(reading, place));
        place = part.map_or(place + 1, |part| part.end);
        parts.extend(part);
    }
    hits.extend(joined(reading, &parts).into_iter().filter_map(|part| hit(reading, part)));
}

fn hit(reading: &Reading, part: Part) -> Option<Hit> {
    let certainty = if part.what == What::House { Certainty::Strong } else { Certainty::Weak };
    let (start, end) = (reading.get(part.start)?.start, reading.get(part.end - 1)?.end);
    Some(Hit { kind: IdentifierKind::Address, certainty, start, end })
}

/// Puts a street with its number and a postcode beside it together.
fn joined(reading: &Reading, parts: &[Part]) -> Vec<Part> {
    let mut whole: Vec<Part> = Vec::new();
    for part in parts {
        match whole.last_mut() {
            Some(last) if belong(reading, last, part) => {
                last.end = part.end;
                last.what = What::House;
            }
            _ => whole.push(*part),
        }
    }
    whole
}

fn belong(reading: &Reading, first: &Part, second: &Part) -> bool {
    let kinds = matches!(
        (first.what, second.what),
        (What::Street, What::Postcode | What::House) | (What::Postcode, What::Street)
    );
    let near = second.start.saturating_sub(first.end) <= TOGETHER;
    kinds && near && !(first.end..second.start).any(|place| ends_sentence(reading, place))
}

fn street_part(reading: &Reading, place: usize) -> Option<Part> {
    let Street { start, end } = street::at(reading, place)?;
    let number = house_number::after(reading, end)?;
    Some(Part { start, end: number.end, what: What::Street })
}

/// The postcode that begins here, with the number after or before it.
fn postcode_part(reading: &Reading, place: usize) -> Option<Part> {
    let (end, form) = postcode(reading, place)?;
    let labelled =
        context::before(reading, place, &[Meaning::Postcode]).is_some_and(|label| label.words <= 2);
    let after = house_number::after(reading, end);
    let before = number_before(reading, place).filter(|_| form != Form::Word);
    let label = context::before(reading, place, &[Meaning::PostBox, Meaning::Number, Meaning::Other]);
    let boxed = label.is_some_and(|label| label.within(1, &[Meaning::PostBox]));
    let code = label.is_some_and(|label| label.names(1, &[Meaning::Number, Meaning::Other]));
    match (form, after, before) {
        (Form::Word, ..) if !labelled => None,
        _ if code => None,
        _ if boxed => (form == Form::Clear).then_some(Part { start: place, end, what: What::Postcode }),
        (_, Some(HouseNumber { end, .. }), _) => Some(Part { start: place, end, what: What::House }),
        (_, None, Some(start)) => Some(Part { start, end, what: What::House }),
        (Form::Clear, None, None) => Some(Part { start: place, end, what: What::Postcode }),
        _ => labelled.then_some(Part { start: place, end, what: What::Postcode }),
    }
}

/// How much four digits and two letters look like a postcode.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Clear,
    /// What may be a year or an amount and an abbreviation, too.
    Doubtful,
    /// What may be a number and a word.
    Word,
}

/// The place after the postcode that begins here.
fn postcode(reading: &Reading, place: usize) -> Option<(usize, Form)> {
    let digits =
        reading.get(place).filter(|token| token.class == Class::Digits && token.end - token.start == 4)?;
    if reading.slice(digits.start, digits.start + 1) == "0" || is_joined(reading, place) {
        return None;
    }
    let gap = usize::from(reading.is(place + 1, Class::Space) || reading.sign(place + 1, "-"));
    let letters = reading.get(place + 1 + gap).filter(|token| token.class == Class::Word)?;
    let text = reading.text(place + 1 + gap);
    let pair =
        text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_lowercase()) && !NEVER.contains(&text);
    let listed = |list: &str| list.split_whitespace().any(|word| word == text);
    let form = match (letters.capitals, gap) {
        _ if !pair => return None,
        (true, _) if listed(AFTER_NUMBERS) => Form::Doubtful,
        // A text in capitals throughout.
        (true, 1) if listed(WORDS) => Form::Doubtful,
        (true, _) => Form::Clear,
        (false, 0) if listed(AFTER_NUMBERS) => Form::Word,
        (false, 0) => Form::Clear,
        (false, _) if listed(WORDS) => return None,
        (false, _) if listed(AFTER_NUMBERS) => Form::Word,
        (false, _) => Form::Doubtful,
    };
    Some((place + 2 + gap, form))
}

/// Whether more digits stand before it, joined by a sign, or letters without a space.
fn is_joined(reading: &Reading, place: usize) -> bool {
    let Some(before) = place.checked_sub(1) else { return false };
    let sign = ["-", ".", ",", "/", ":"].contains(&reading.text(before));
    reading.is(before, Class::Word) || (sign && place > 1 && reading.is(place - 2, Class::Digits))
}

/// Where the number of a house begins that ends right before this postcode: *Achter de Kerk 12 a, 6511 AB*. The word
/// before it must be a name, or say that it is such a number.
fn number_before(reading: &Reading, postcode: usize) -> Option<usize> {
    let mut places = (postcode.saturating_sub(8)..postcode).rev();
    let number = places.find(|place| reading.is(*place, Class::Digits))?;
    let found = house_number::after(reading, number)?;
    let parted = (found.end..postcode).all(|place| {
        matches!(reading.class(place), Some(Class::Space | Class::Line)) || reading.sign(place, ",")
    });
    let word = places.find(|place| reading.is(*place, Class::Word))?;
    let named = match reading.meaning(word) {
        Some(Meaning::House | Meaning::Call) => true,
        Some(_) => false,
        None => reading.get(word)?.capital,
    };
    (parted && named && found.end < postcode && number - word <= 2).then_some(number)
}
