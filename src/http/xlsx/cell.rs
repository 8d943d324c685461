//! A value in a cell.

use crate::clock::Instant;
use crate::http::csv::cell::{is_ominous, joined};
use crate::http::csv::columns::Kind;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use chrono_tz::Europe::Amsterdam;
use serde::Deserialize;
use serde_json::Value;
use std::borrow::Cow;

/// The longest text that a cell holds, in UTF-16 code units.
const LONGEST: usize = 32_767;
/// The years that a spreadsheet counts days in.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9999;
/// Below it a spreadsheet's numbers, which are binary fractions, are exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

#[derive(Debug, PartialEq)]
pub enum Cell<'v> {
    Text(Cow<'v, str>),
    /// The time in the Netherlands, as all days are counted there.
    Moment(NaiveDateTime),
    Day(NaiveDate),
    Number(f64),
    Truth(bool),
}

/// The cell of a value in a column of this kind. What a spreadsheet has no number for, such as a moment before 1900, is the
/// text that it is in JSON.
pub fn of(kind: Kind, value: &Value) -> Cell<'_> {
    let exact = match kind {
        Kind::Instant => moment(value).map(Cell::Moment),
        Kind::Day => day(value).map(Cell::Day),
        Kind::Number => value.as_f64().filter(|number| number.abs() < EXACT).map(Cell::Number),
        Kind::Decimal => decimal(value).map(Cell::Number),
        Kind::Truth => value.as_bool().map(Cell::Truth),
        Kind::Text | Kind::List | Kind::Json => None,
    };
    exact.unwrap_or_else(|| Cell::Text(text(value)))
}

fn moment(value: &Value) -> Option<NaiveDateTime> {
    let instant = Instant::deserialize(value).ok()?;
    let local = instant.to_chrono().with_timezone(&Amsterdam).naive_local();
    YEARS.contains(&local.year()).then_some(local)
}

/// A decimal that a spreadsheet shows as it was written: it keeps fifteen digits of a number.
fn decimal(value: &Value) -> Option<f64> {
    let text = value.as_str()?;
    (text.chars().filter(char::is_ascii_digit).count() <= 15).then(|| text.parse().ok())?
}

fn day(value: &Value) -> Option<NaiveDate> {
    let day: NaiveDate = value.as_str()?.parse().ok()?;
    YEARS.contains(&day.year()).then_some(day)
}

fn text(value: &Value) -> Cow<'_, str> {
    fitted(match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Array(entries) if entries.iter().all(Value::is_string) => Cow::Owned(joined(entries)),
        other => Cow::Owned(other.to_string()),
    })
}

/// The text as far as a cell holds it; one that goes on says so at its end.
fn fitted(text: Cow<'_, str>) -> Cow<'_, str> {
    // A code unit takes at least a byte of UTF-8.
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return text;
    }
    let mark = format!("… [cut: {} characters, all of them in CSV and JSON]", text.chars().count());
    let mut left = LONGEST - mark.encode_utf16().count();
    let fits = |letter: &char| {
        let taken = left.checked_sub(letter.len_utf16());
        left = taken.unwrap_or(0);
        taken.is_some()
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push_str(&mark);
    Cow::Owned(cut)
}

impl Cell<'_> {
    /// Whether it is a text that would become a formula if somebody touched it in a spreadsheet.
    pub fn is_ominous(&self) -> bool {
        matches!(self, Cell::Text(text) if is_ominous(text))
    }

    /// The bytes that it takes in a sheet, at most.
    pub fn weight(&self) -> u64 {
        let text = match self {
            Cell::Text(text) => {
                let written_longer = text.bytes().filter(|byte| matches!(byte, b'&' | b'<' | b'>')).count();
                text.len() + 4 * written_longer
            }
            _ => 20,
        };
        80 + text as u64
    }

    /// How wide it is shown, in characters.
    pub fn width(&self) -> usize {
        match self {
            Cell::Text(text) => text.lines().map(|line| line.chars().count()).max().unwrap_or(0),
            Cell::Moment(_) => 19,
            Cell::Day(_) => 10,
            Cell::Number(number) => number.to_string().len(),
            Cell::Truth(_) => 8,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, LONGEST, of};
    use crate::http::csv::columns::Kind;
    use chrono::NaiveDate;
    use serde_json::json;

    #[test]
    fn a_value_has_its_cell() {
        let text = |text: &'static str| Cell::Text(text.into());
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        let summer = day(2026, 7, 1).and_hms_opt(14, 30, 0).expect("a time");
        let winter = day(2026, 1, 1).and_hms_opt(0, 0, 0).expect("a time");
        for (kind, value, cell) in [
            (Kind::Instant, json!("2026-07-01T12:30:00Z"), Cell::Moment(summer)),
            (Kind::Instant, json!("2025-12-31T23:00:00Z"), Cell::Moment(winter)),
            (Kind::Instant, json!("1899-06-01T00:00:00Z"), text("1899-06-01T00:00:00Z")),
            (Kind::Instant, json!("9999-12-31T23:30:00Z"), text("9999-12-31T23:30:00Z")),
            (Kind::Day, json!("2026-02-28"), Cell::Day(day(2026, 2, 28))),
            (Kind::Day, json!("1813-11-30"), text("1813-11-30")),
            (Kind::Number, json!(12.5), Cell::Number(12.5)),
            (Kind::Number, json!(9_007_199_254_740_993_u64), text("9007199254740993")),
            (Kind::Truth, json!(true), Cell::Truth(true)),
            (Kind::Text, json!("=1+1"), text("=1+1")),
            (Kind::Text, json!("01"), text("01")),
            (Kind::List, json!(["a;b", "c"]), text("a\\;b;c")),
            (Kind::Json, json!([{"promptId": "free"}]), text("[{\"promptId\":\"free\"}]")),
        ] {
            assert_eq!(of(kind, &value), cell, "{value}");
        }
    }

    #[test]
    fn what_no_cell_holds_is_cut_and_says_so() {
        for letter in ["a", "é", "👩"] {
            let units = letter.encode_utf16().count();
            let whole = json!(letter.repeat(LONGEST / units));
            assert_eq!(of(Kind::Text, &whole), Cell::Text(letter.repeat(LONGEST / units).into()));
            let long = json!(letter.repeat(40_000));
            let Cell::Text(cut) = of(Kind::Text, &long) else { panic!("a text") };
            let length = cut.encode_utf16().count();
            assert!((LONGEST - 1..=LONGEST).contains(&length), "{length}");
            assert!(cut.ends_with("[cut: 40000 characters, all of them in CSV and JSON]"));
        }
    }
}
