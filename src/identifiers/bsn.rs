//! Citizen service numbers. A BSN has nine digits, of which the first may be a zero that is left out; the sum of its
//! digits times 9, 8, 7, 6, 5, 4, 3, 2 and −1 is a multiple of eleven (Logisch Ontwerp BSN, Rijksdienst voor
//! Identiteitsgegevens; the *elfproef*). One number in eleven passes by chance, so what stands around it decides:
//!
//! - A word such as *bsn* near it: strong, however its digits are grouped.
//! - Nothing that says what it is, and written as BSNs are, with nine digits: strong as well. A reader has no use for a
//!   bare number of nine digits, and whoever means an order says so when asked; while a BSN that is kept is a breach of
//!   article 46 UAVG. Of what field workers write, few innocent numbers have nine digits, no label, and pass.
//! - Eight digits without a label: weak. Those of the Chamber of Commerce and many others have eight as well.
//! - A label of another sort, an amount, a part of something longer: nothing.
//! - Called a BSN, but failing the test: weak, since one wrong digit leaves eight right ones.

use super::Hit;
use super::context::{self, Label};
use super::lexicon::Meaning;
use super::numbers::{Gap, Group, Window, windows};
use super::reading::{Class, Reading};
use super::types::{Certainty, IdentifierKind};
use chrono::NaiveDate;

/// How BSNs are written where nothing else tells one.
const SHAPES: [&[usize]; 4] = [&[9], &[3, 3, 3], &[4, 2, 3], &[2, 2, 2, 3]];
/// How far a word that says BSN reaches: words before the number, and after it.
const BSN_BEFORE: usize = 8;
const BSN_AFTER: usize = 4;
/// How far a word reaches that says it is a number of another sort, and how far a thing that has a number.
const NUMBER: usize = 6;
const THING: usize = 3;

const LABELS: [Meaning; 11] = [
    Meaning::Bsn,
    Meaning::Client,
    Meaning::Number,
    Meaning::Other,
    Meaning::Thing,
    Meaning::Phone,
    Meaning::Birth,
    Meaning::Money,
    Meaning::House,
    Meaning::PostBox,
    Meaning::Postcode,
];
/// What has a number that is no BSN.
const THINGS: [Meaning; 7] = [
    Meaning::Other,
    Meaning::Thing,
    Meaning::Phone,
    Meaning::Birth,
    Meaning::Money,
    Meaning::House,
    Meaning::PostBox,
];

pub fn find(reading: &Reading, groups: &[Group], hits: &mut Vec<Hit>) {
    for first in 0..groups.len() {
        for window in windows(reading, groups, first, 8, 9) {
            if let Some(certainty) = certainty(reading, &window) {
                let (start, end) = window.bytes();
                hits.push(Hit { kind: IdentifierKind::Bsn, certainty, start, end });
            }
        }
    }
}

/// The eleven-test. Eight digits stand for nine of which the first is a zero.
pub fn passes(digits: &str) -> bool {
    let values: Vec<i32> = digits.bytes().map(|digit| i32::from(digit) - i32::from(b'0')).collect();
    let (Some(last), 8 | 9) = (values.last(), values.len()) else { return false };
    let weighed: i32 = values.iter().rev().zip(1..).skip(1).map(|(value, weight)| value * weight).sum();
    // Two zeros at the beginning would be a number of seven digits, and none such was given out.
    let starts = values.iter().take(values.len() - 7).any(|value| *value != 0);
    starts && (weighed - last) % 11 == 0
}

fn certainty(reading: &Reading, window: &Window) -> Option<Certainty> {
    let shape = window.shape();
    let usual = SHAPES.contains(&shape.as_slice());
    let passes = passes(&window.digits());
    if !passes && !usual {
        return None;
    }
    let before = context::before(reading, window.start(), &LABELS);
    let after = context::after(reading, window.end(), &LABELS);
    if !passes {
        let slip = before.is_some_and(|label| label.names(2, &[Meaning::Bsn]));
        return (slip && is_whole(window)).then_some(Certainty::Weak);
    }
    let bsn = called_bsn(before, after, usual);
    if bsn && !is_glued(reading, window) {
        return Some(Certainty::Strong);
    }
    let number = |label: Label| label.names(NUMBER, &[Meaning::Number]);
    let something_else = before.is_some_and(|label| number(label) || label.names(THING, &THINGS))
        || after.is_some_and(|label| label.names(THING, &[Meaning::Number]))
        || is_measure(reading, window)
        || is_glued(reading, window);
    if something_else || !is_whole(window) {
        return None;
    }
    let client = before.is_some_and(|label| label.names(NUMBER, &[Meaning::Client]));
    match shape.as_slice() {
        [8] if is_date(&window.digits()) || context::is_plural(reading, window.end() + 1) => None,
        [8] => Some(Certainty::Weak),
        // Dots between threes part the thousands of a large number, too.
        [3, 3, 3] if reading.sign(window.start() + 1, ".") => Some(Certainty::Weak),
        _ if !usual => None,
        _ if client || is_code(reading, window) => Some(Certainty::Weak),
        _ => Some(Certainty::Strong),
    }
}

/// Whether a word near it says that it is a BSN. With another number between, it must look like one besides.
fn called_bsn(before: Option<Label>, after: Option<Label>, usual: bool) -> bool {
    let near = |label: Label, words: usize| label.within(words, &[Meaning::Bsn]) && (usual || !label.taken);
    match (before, after) {
        (Some(before), _) if near(before, BSN_BEFORE) => true,
        (Some(before), _) if before.names(1, &[Meaning::Number, Meaning::Other]) => false,
        (_, Some(after)) => near(after, BSN_AFTER) && !after.taken,
        _ => false,
    }
}

/// Whether no more digits belong to it, by a sign or by being groups of the same number.
fn is_whole(window: &Window) -> bool {
    let one = window.groups().len() == 1;
    let free = |gap: Gap| gap == Gap::Apart || (one && gap == Gap::Loose);
    free(window.gap_before()) && free(window.gap_after())
}

/// Whether letters are written onto it that do not say what it is.
fn is_glued(reading: &Reading, window: &Window) -> bool {
    let letters =
        |place: Option<usize>| place.is_some_and(|place| reading.meaning(place) != Some(Meaning::Bsn));
    letters(window.letters_before()) || letters(window.letters_after())
}

/// Whether it is an amount or a measure: a sign of money or a percentage, decimals, something counted.
fn is_measure(reading: &Reading, window: &Window) -> bool {
    let (start, end) = (window.start(), window.end());
    let skip = |place: usize| if reading.is(place, Class::Space) { place + 1 } else { place };
    let next = skip(end);
    let counted = matches!(reading.meaning(next), Some(Meaning::Unit | Meaning::Money | Meaning::Month(_)));
    let decimals = [",", ".", ":"].contains(&reading.text(end)) && reading.is(end + 1, Class::Digits)
        || (reading.sign(end, ",") && reading.sign(end + 1, "-"));
    let before_space =
        if reading.before(start).is_some_and(|token| token.class == Class::Space) { 2 } else { 1 };
    let sign = start.checked_sub(before_space).map_or("", |place| reading.text(place));
    let fraction = reading.before(start).is_some_and(|token| token.class == Class::Sign)
        && [",", ":", "."].contains(&sign)
        && start.checked_sub(2).is_some_and(|place| reading.is(place, Class::Digits));
    counted
        || decimals
        || fraction
        || ["%", "€", "$", "£", "°", "‰"].contains(&reading.text(next))
        || ["€", "$", "£", "#", "±", "×"].contains(&sign)
}

/// Whether it is a part of an address on the web, or a code such as INC-123.
fn is_code(reading: &Reading, window: &Window) -> bool {
    let sign = reading.before(window.start()).is_some_and(|token| token.class == Class::Sign);
    let joined = window.start().checked_sub(2).is_some_and(|place| reading.is(place, Class::Word));
    let text = window.start().checked_sub(1).map_or("", |place| reading.text(place));
    sign && (["=", "&", "/", "_", "\\"].contains(&text) || (text == "-" && joined))
}

/// Whether eight digits are a day: 31122026 or 20261231.
fn is_date(digits: &str) -> bool {
    ["%d%m%Y", "%Y%m%d"].iter().any(|form| {
        NaiveDate::parse_from_str(digits, form)
            .is_ok_and(|day| (1900..2100).contains(&chrono::Datelike::year(&day)))
    })
}
