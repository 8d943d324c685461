//! A value in a cell, and back. What is written is read again as it was, whatever it holds.
//!
//! A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection), and so does one
//! that has such an apostrophe of its own: reading takes exactly one away. The entries of a list are joined by
//! semicolons; one within an entry has a backslash before it, and so has a backslash. No value is an empty cell.

use super::columns::Kind;
use crate::http::depth;
use serde_json::Value;
use std::borrow::Cow;

/// What a spreadsheet reads a formula from, in the width of Latin or of Chinese letters.
const OMENS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Why a cell holds no value of its column.
#[derive(Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub code: &'static str,
    pub detail: &'static str,
}

/// Whether a spreadsheet might take the text for a formula, or an apostrophe before it for ours.
pub fn is_ominous(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(OMENS)
}

/// A text that no spreadsheet takes for a formula.
pub fn defused(text: &str) -> Cow<'_, str> {
    if is_ominous(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that was defused.
fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_ominous(text) => text,
        _ => cell,
    }
}

/// The cell of a value.
pub fn write(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => defused(text).into_owned(),
        Some(Value::Array(entries)) if entries.iter().all(Value::is_string) => {
            defused(&joined(entries)).into_owned()
        }
        Some(other) => other.to_string(),
    }
}

/// The value of a cell; none of an empty one. What cannot be a number or a truth stays a text, for its type to refuse.
pub fn read(cell: &str, kind: Kind) -> Result<Option<Value>, Unreadable> {
    if cell.is_empty() {
        return Ok(None);
    }
    let text = restored(cell);
    let as_text = || Value::String(text.to_owned());
    let value = match kind {
        Kind::Text | Kind::Instant | Kind::Day => as_text(),
        Kind::Decimal => Value::String(decimal(text.trim())?),
        Kind::Number => text.trim().parse().map(Value::Number).unwrap_or_else(|_| as_text()),
        Kind::Truth if text.trim().eq_ignore_ascii_case("true") => Value::Bool(true),
        Kind::Truth if text.trim().eq_ignore_ascii_case("false") => Value::Bool(false),
        Kind::Truth => as_text(),
        Kind::List => Value::Array(entries(text)),
        Kind::Json if depth::is_too_deep(text.as_bytes()) => {
            return Err(Unreadable { code: "too_deep", detail: depth::DETAIL });
        }
        Kind::Json => serde_json::from_str(text)
            .map_err(|_| Unreadable { code: "malformed_json", detail: "Must be JSON, as in the bodies." })?,
    };
    Ok(Some(value))
}

/// A decimal number with a point, whether it was written with one or with a comma. What stands between thousands is never
/// guessed: `1.234` may be little more than one or more than a thousand.
fn decimal(text: &str) -> Result<String, Unreadable> {
    let mut parts = text.split(['.', ',']);
    let (whole, behind) = (parts.next().unwrap_or_default(), parts.next());
    if parts.next().is_some() {
        let detail = "Must have one point or comma, before the decimals, and nothing between thousands.";
        return Err(Unreadable { code: "bad_format", detail });
    }
    let digits = whole.trim_start_matches('-');
    let may_be_thousands = (1..=3).contains(&digits.len()) && !digits.starts_with('0');
    match behind {
        Some(behind) if behind.len() == 3 && may_be_thousands => {
            let detail =
                "May be meant with thousands or with decimals. Write 1234.00, or 1.2340, or with a comma.";
            Err(Unreadable { code: "ambiguous", detail })
        }
        Some(behind) => Ok(format!("{whole}.{behind}")),
        None => Ok(whole.to_owned()),
    }
}

/// The texts of a list, in one.
pub fn joined(entries: &[Value]) -> String {
    let entries: Vec<String> = entries.iter().filter_map(Value::as_str).map(escaped).collect();
    entries.join(";")
}

fn escaped(entry: &str) -> String {
    entry.replace('\\', "\\\\").replace(';', "\\;")
}

fn entries(cell: &str) -> Vec<Value> {
    let mut entries = vec![String::new()];
    let mut letters = cell.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            ';' => entries.push(String::new()),
            // Before anything else a backslash is a letter like others.
            '\\' if matches!(letters.peek(), Some('\\' | ';')) => {
                if let (Some(entry), Some(meant)) = (entries.last_mut(), letters.next()) {
                    entry.push(meant);
                }
            }
            letter => {
                if let Some(entry) = entries.last_mut() {
                    entry.push(letter);
                }
            }
        }
    }
    entries.into_iter().map(|entry| Value::String(entry.trim().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::{defused, read, write};
    use crate::http::csv::columns::Kind;
    use serde_json::{Value, json};

    const NASTY: &[&str] = &[
        "Wat helpt?",
        "=1+1",
        "'=1+1",
        "''=1+1",
        "'",
        "''",
        "'s ochtends",
        "+31 6",
        "-",
        "@buurt",
        "\t=1",
        "＝1",
        "-; \\; ;",
        "a;b",
        "a\\",
        "a\\;b",
        "\\\\;",
        ";",
        "\"",
        "\"=1\"",
        "a,b\nc",
        "x\r\ny",
        "\u{feff}",
        "é",
        "👩‍👩‍👧",
    ];

    #[test]
    fn a_text_is_never_a_formula() {
        assert_eq!(defused("=1+1"), "'=1+1");
        assert_eq!(defused("'=1+1"), "''=1+1");
        assert_eq!(defused("Wat helpt?"), "Wat helpt?");
        assert_eq!(defused("'s ochtends"), "'s ochtends");
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in NASTY {
            let value = json!(text);
            let cell = write(Some(&value));
            assert!(!cell.starts_with(super::OMENS), "{cell}");
            assert_eq!(read(&cell, Kind::Text), Ok(Some(value)), "{cell}");
        }
        for one in NASTY.iter().filter(|text| text.trim() == **text) {
            for other in NASTY.iter().filter(|text| text.trim() == **text) {
                let list = json!([one, other]);
                let cell = write(Some(&list));
                assert!(!cell.starts_with(super::OMENS), "{cell}");
                assert_eq!(read(&cell, Kind::List), Ok(Some(list)), "{cell}");
            }
        }
        let objects = json!([{"promptId": "free", "text": "=1;\"a\""}]);
        assert_eq!(read(&write(Some(&objects)), Kind::Json), Ok(Some(objects)));
        for (value, kind) in
            [(json!(-3), Kind::Number), (json!(1.5), Kind::Number), (json!(true), Kind::Truth)]
        {
            assert_eq!(read(&write(Some(&value)), kind), Ok(Some(value)));
        }
    }

    #[test]
    fn nothing_is_an_empty_cell() {
        assert_eq!(write(None), "");
        assert_eq!(write(Some(&Value::Null)), "");
        assert_eq!(write(Some(&json!([]))), "");
        assert_eq!(read("", Kind::List), Ok(None));
    }

    #[test]
    fn a_decimal_number_has_a_point_or_a_comma_and_no_thousands() {
        let of = |cell: &str| read(cell, Kind::Decimal).map_err(|refused| refused.code);
        for (cell, number) in [
            ("1234,56", "1234.56"),
            ("1234.56", "1234.56"),
            (" 12 ", "12"),
            ("0,125", "0.125"),
            ("1234.567", "1234.567"),
            ("1,2340", "1.2340"),
            ("-5,5", "-5.5"),
            ("drie", "drie"),
            ("1,", "1."),
        ] {
            assert_eq!(of(cell), Ok(Some(json!(number))), "{cell}");
        }
        for cell in ["1.234", "12,345", "999.000", "-1.234"] {
            assert_eq!(of(cell), Err("ambiguous"), "{cell}");
        }
        for cell in ["1.234,56", "1,234.56", "1.234.567", "1,,5"] {
            assert_eq!(of(cell), Err("bad_format"), "{cell}");
        }
    }

    #[test]
    fn what_does_not_fit_is_left_to_its_type() {
        assert_eq!(read("drie", Kind::Number), Ok(Some(json!("drie"))));
        assert_eq!(read("misschien", Kind::Truth), Ok(Some(json!("misschien"))));
        assert!(read("[1", Kind::Json).is_err());
    }
}
