//! Telephone numbers, by the Dutch numbering plan (Nummerplan telefoon- en ISDN-diensten) and, with a + or 00 before
//! them, of any country (ITU-T E.164). Own rules: `phonenumber` judges a number that somebody picked out of a text already,
//! and brings the plans of all countries for it, in megabytes; what is hard here is what the words around a number say.
//!
//! After its 0 a Dutch number has nine digits, mobile ones a 6 first. Numbers of services (0800, 090x, 14 and a city's
//! number, 112) belong to nobody and are found nowhere.

use super::Hit;
use super::context::{self, Label};
use super::lexicon::Meaning;
use super::numbers::{Gap, Group, Window, windows};
use super::reading::{Class, Reading};
use super::types::{Certainty, IdentifierKind};

/// The area codes of three digits; all others have four.
const SHORT_AREAS: &str = "010 013 015 020 023 024 026 030 033 035 036 038 040 043 045 046 050 053 055 058 070 071 072 073 \
                           074 075 076 077 078 079";
/// The first three digits of the longer area codes.
const LONG_AREAS: &str = "011 016 017 018 022 025 029 031 032 034 041 047 048 049 051 052 054 056 057 059";
/// How many digits are left of a number without its area or its 0.
const UNPLANNED: [usize; 3] = [6, 7, 9];
/// How far a label reaches, in words.
const REACH: usize = 3;
const LABELS: [Meaning; 8] = [
    Meaning::Phone,
    Meaning::Call,
    Meaning::Bsn,
    Meaning::Client,
    Meaning::Number,
    Meaning::Other,
    Meaning::Money,
    Meaning::Birth,
];
const ELSE: [Meaning; 5] = [Meaning::Client, Meaning::Number, Meaning::Other, Meaning::Money, Meaning::Birth];

pub fn find(reading: &Reading, groups: &[Group], hits: &mut Vec<Hit>) {
    for first in 0..groups.len() {
        for window in windows(reading, groups, first, 6, 15) {
            let Some(certainty) = certainty(reading, &window) else { continue };
            let (start, end) = window.bytes();
            let opening = opening(reading, &window).and_then(|place| reading.get(place));
            let start = opening.map_or(start, |token| token.start);
            hits.push(Hit { kind: IdentifierKind::Phone, certainty, start, end });
        }
    }
}

/// What a run of digits is in the numbering plans.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Plan {
    Mobile,
    /// In an area, or moved along with whoever has it: 084, 085, 087.
    Fixed,
    /// An organisation's: 088.
    Company,
    Foreign,
}

/// What the digits are, `plus` telling whether a + stands before them.
fn plan(digits: &str, plus: bool) -> Option<Plan> {
    let international = if plus { Some(digits) } else { digits.strip_prefix("00") };
    if let Some(number) = international {
        return match number.strip_prefix("31") {
            Some(rest) => national(rest.strip_prefix('0').unwrap_or(rest)),
            None => {
                (9..=15).contains(&number.len()).then_some(Plan::Foreign).filter(|_| !number.starts_with('0'))
            }
        };
    }
    match digits.strip_prefix('0') {
        Some(rest) => national(rest),
        // Somebody left the 00 or the + out.
        None => digits.strip_prefix("31").filter(|rest| rest.starts_with('6')).and_then(national),
    }
}

/// A number as it goes on after its 0.
fn national(rest: &str) -> Option<Plan> {
    let area = rest.get(..2).filter(|_| rest.len() == 9)?;
    match area {
        "84" | "85" | "87" => Some(Plan::Fixed),
        "88" => Some(Plan::Company),
        _ if area.starts_with('6') => Some(Plan::Mobile),
        _ => is_area(area).then_some(Plan::Fixed),
    }
}

fn is_area(area: &str) -> bool {
    SHORT_AREAS.split(' ').chain(LONG_AREAS.split(' ')).any(|code| code.get(1..3) == Some(area))
}

fn certainty(reading: &Reading, window: &Window) -> Option<Certainty> {
    let onto = |place: Option<usize>| {
        place.is_some_and(|place| !matches!(reading.meaning(place), Some(Meaning::Phone | Meaning::Call)))
    };
    if onto(window.letters_before()) || onto(window.letters_after()) || is_within(reading, window) {
        return None;
    }
    let digits = window.digits();
    let plan = plan(&digits, plus(reading, window).is_some());
    if plan.is_none() && !UNPLANNED.contains(&digits.len()) {
        return None;
    }
    let label = context::before(reading, window.start(), &LABELS);
    match plan {
        Some(plan) => planned(reading, window, plan, label),
        None => unplanned(reading, window, &digits, label),
    }
}

/// A number of the plan: strong, unless the words or the way it is parted say otherwise.
fn planned(reading: &Reading, window: &Window, plan: Plan, label: Option<Label>) -> Option<Certainty> {
    let called = label.is_some_and(|label| label.within(REACH, &[Meaning::Phone, Meaning::Call]));
    let something_else = label.is_some_and(|label| label.names(REACH, &ELSE));
    if !called && (counted(reading, window) || is_day(reading, window)) {
        return None;
    }
    let plus = plus(reading, window);
    match plan {
        Plan::Mobile if something_else => Some(Certainty::Weak),
        // Other numbers are not parted after three or four digits.
        _ if something_else => (window.groups().len() > 1).then_some(Certainty::Weak),
        Plan::Company => Some(Certainty::Weak),
        Plan::Mobile => Some(Certainty::Strong),
        // The area is a group of its own, or all digits are one group; ten digits in pairs are a list of numbers.
        Plan::Fixed => {
            let usual = plus.is_some() || matches!(window.shape().as_slice(), [10 | 13] | [3 | 4, ..]);
            (called || usual).then_some(Certainty::Strong)
        }
        Plan::Foreign if called => Some(Certainty::Strong),
        Plan::Foreign => match plus {
            Some(place) if place + 1 == window.start() => Some(Certainty::Strong),
            Some(_) => None,
            None => (window.shape().first() != Some(&3)).then_some(Certainty::Weak),
        },
    }
}

/// A number without its area or its 0: only right after a word that says telephone.
fn unplanned(reading: &Reading, window: &Window, digits: &str, label: Option<Label>) -> Option<Certainty> {
    let named = label.is_some_and(|label| label.names(1, &[Meaning::Phone]));
    let whole = window.gap_before() == Gap::Apart && window.gap_after() == Gap::Apart;
    if !named || !whole || counted(reading, window) {
        return None;
    }
    match digits.len() {
        9 if digits.starts_with('6') => Some(Certainty::Strong),
        6 | 7 if !digits.starts_with(['0', '1']) => Some(Certainty::Weak),
        _ => None,
    }
}

/// Whether digits before or after it, joined by a sign, make it a part of something longer.
fn is_within(reading: &Reading, window: &Window) -> bool {
    let joins = |sign: &str| [".", "-", "_", ",", ":"].contains(&sign);
    let earlier = window
        .start()
        .checked_sub(2)
        .is_some_and(|place| reading.is(place, Class::Digits) && joins(reading.text(place + 1)));
    earlier || (joins(reading.text(window.end())) && reading.is(window.end() + 1, Class::Digits))
}

/// Whether it begins as a day does, 06-02-2026, with something after it.
fn is_day(reading: &Reading, window: &Window) -> bool {
    let [day, month, year, _, ..] = window.groups() else { return false };
    let year = reading.text(year.place);
    day.digits <= 2
        && month.digits <= 2
        && year.len() == 4
        && (year.starts_with("19") || year.starts_with("20"))
}

/// Whether what follows counts or measures something, or money comes before.
fn counted(reading: &Reading, window: &Window) -> bool {
    let next = window.end() + usize::from(reading.is(window.end(), Class::Space));
    let before = |back: usize| window.start().checked_sub(back).map_or("", |place| reading.text(place));
    let money = ["€", "$", "£", "#"];
    let one = window.groups().len() == 1;
    matches!(reading.meaning(next), Some(Meaning::Money))
        || (one && matches!(reading.meaning(next), Some(Meaning::Unit)))
        || ["%", "€"].contains(&reading.text(next))
        || money.contains(&before(1))
        || (before(1) == " " && money.contains(&before(2)))
}

/// Where the + before it stands.
fn plus(reading: &Reading, window: &Window) -> Option<usize> {
    let sign =
        |back: usize, text: &str| window.start().checked_sub(back).filter(|place| reading.sign(*place, text));
    sign(1, "+").or_else(|| sign(1, " ").or(sign(1, "(")).and_then(|_| sign(2, "+")))
}

/// Where it begins before its first digit: at a + or a bracket.
fn opening(reading: &Reading, window: &Window) -> Option<usize> {
    plus(reading, window).or_else(|| window.start().checked_sub(1).filter(|place| reading.sign(*place, "(")))
}
