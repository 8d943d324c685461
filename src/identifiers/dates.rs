//! Dates of birth: a whole date that the words around it call one. Any other date is when something happened, which a
//! note is full of. A day and month without a year is weak: it is when somebody has a birthday.

use super::Hit;
use super::context;
use super::lexicon::Meaning;
use super::reading::{Class, Reading};
use super::types::{Certainty, IdentifierKind};
use chrono::NaiveDate;

/// How far the word that says so may be: words before the date, and after it.
const BEFORE: usize = 5;
const AFTER: usize = 3;
/// Labels that a date has of its own, which come between.
const LABELS: [Meaning; 4] = [Meaning::Birth, Meaning::Number, Meaning::Other, Meaning::Call];

pub fn find(reading: &Reading, hits: &mut Vec<Hit>) {
    for place in 0..reading.len() {
        if reading.is(place, Class::Digits)
            && let Some(date) = date(reading, place)
            && is_birth(reading, place, date.end)
            && let (Some(first), Some(last)) = (reading.get(place), reading.get(date.end - 1))
        {
            let certainty = if date.whole { Certainty::Strong } else { Certainty::Weak };
            hits.push(Hit { kind: IdentifierKind::BirthDate, certainty, start: first.start, end: last.end });
        }
    }
}

/// A date: the place after it, and whether it has its year.
struct Date {
    end: usize,
    whole: bool,
}

/// Whether somebody is said to be born on it. The word may be meant for more dates: *geboren 1-2-1980 en 3-4-1982*.
fn is_birth(reading: &Reading, start: usize, end: usize) -> bool {
    let before =
        context::before(reading, start, &LABELS).filter(|label| !label.taken || follows(reading, start));
    let after = context::after(reading, end, &LABELS);
    before.is_some_and(|label| label.within(BEFORE, &[Meaning::Birth]))
        || after.is_some_and(|label| label.names(AFTER, &[Meaning::Birth]))
}

/// Whether *and* stands before it, and digits before that.
fn follows(reading: &Reading, start: usize) -> bool {
    let back = |places: usize| start.checked_sub(places);
    let and = back(2).is_some_and(|place| ["en", "of", "resp", "&", "+"].contains(&reading.text(place)));
    and && back(4).is_some_and(|place| reading.is(place, Class::Digits))
}

/// The date that begins with these digits.
fn date(reading: &Reading, place: usize) -> Option<Date> {
    let joined = place.checked_sub(2).is_some_and(|before| reading.is(before, Class::Digits));
    if joined && ["-", "/", ".", ",", ":"].contains(&reading.text(place - 1)) {
        return None;
    }
    compact(reading, place).or_else(|| year_first(reading, place)).or_else(|| day_first(reading, place))
}

/// 31121985 or 19851231.
fn compact(reading: &Reading, place: usize) -> Option<Date> {
    let digits = reading.text(place);
    let valid = match digits.len() {
        8 => {
            is_day(part(digits, 0..2)?, part(digits, 2..4)?, part(digits, 4..8)?)
                || is_day(part(digits, 6..8)?, part(digits, 4..6)?, part(digits, 0..4)?)
        }
        _ => false,
    };
    valid.then_some(Date { end: place + 1, whole: true })
}

fn part(digits: &str, range: std::ops::Range<usize>) -> Option<u32> {
    digits.get(range)?.parse().ok()
}

/// 1985-12-31.
fn year_first(reading: &Reading, place: usize) -> Option<Date> {
    let year = number(reading, place, 4..=4)?;
    let month = parted(reading, place + 1)?;
    let day = parted(reading, month + 1)?;
    is_day(number(reading, day, 1..=2)?, number(reading, month, 1..=2)?, year)
        .then_some(Date { end: day + 1, whole: true })
}

/// 31-12-1985, 31 december '85, 31/12.
fn day_first(reading: &Reading, place: usize) -> Option<Date> {
    let day = number(reading, place, 1..=2)?;
    let after_day = if ["e", "ste", "de"].contains(&reading.text(place + 1)) { place + 2 } else { place + 1 };
    let at = parted(reading, after_day)?;
    let month = match reading.meaning(at) {
        Some(Meaning::Month(month)) => month,
        _ => number(reading, at, 1..=2)?,
    };
    let year = parted(reading, at + 1).and_then(|at| Some((at, number(reading, at, 2..=4)?)));
    match year {
        Some((at, year)) if is_day(day, month, century(year)) => Some(Date { end: at + 1, whole: true }),
        // A leap year, so that the 29th of February is a day.
        _ => is_day(day, month, 2000).then_some(Date { end: at + 1, whole: false }),
    }
}

/// The digits here as a number, when there are as many as this.
fn number(reading: &Reading, place: usize, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let text =
        reading.get(place).filter(|token| token.class == Class::Digits).map(|_| reading.text(place))?;
    digits.contains(&text.len()).then(|| text.parse().ok()).flatten()
}

/// The place of the next part of a date: after a space, a sign, or a few of both.
fn parted(reading: &Reading, from: usize) -> Option<usize> {
    for place in from..from + 4 {
        match (reading.class(place)?, reading.text(place)) {
            (Class::Space, _) | (Class::Sign, "-" | "/" | "." | "'" | "," | "_") => {}
            (Class::Digits | Class::Word, _) => {
                return (place > from || reading.is(place, Class::Word)).then_some(place);
            }
            _ => return None,
        }
    }
    None
}

/// Two digits are a year that somebody alive was born in.
fn century(year: u32) -> u32 {
    match year {
        0..30 => year + 2000,
        30..100 => year + 1900,
        _ => year,
    }
}

fn is_day(day: u32, month: u32, year: u32) -> bool {
    (1890..2100).contains(&year)
        && i32::try_from(year).is_ok_and(|year| NaiveDate::from_ymd_opt(year, month, day).is_some())
}
