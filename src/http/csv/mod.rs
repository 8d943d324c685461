//! CSV (RFC 4180), as it is written and read here: in UTF-8, with a header row, one cell a member, and without a cell that a
//! spreadsheet would take for a formula. What is written can be read again to the same values.

pub mod cell;
pub mod columns;
pub mod read;
pub mod write;

use schemars::JsonSchema;
use serde::Deserialize;

pub const MEDIA_TYPE: &str = "text/csv";
/// What an answer in CSV says of itself (RFC 7111 and 4180).
pub const CONTENT_TYPE: &str = "text/csv; charset=utf-8; header=present";
/// The mark that tells some spreadsheets that a file is in UTF-8.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What stands between cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    #[default]
    Comma,
    /// What spreadsheets expect where the comma is the decimal sign, as in Dutch.
    Semicolon,
    Tab,
}

impl Delimiter {
    pub const ALL: [Delimiter; 3] = [Delimiter::Comma, Delimiter::Semicolon, Delimiter::Tab];
    pub const NAMES: [&str; 3] = ["comma", "semicolon", "tab"];

    pub fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
        }
    }

    /// The one that a header row is most likely written with: whichever stands in it most often outside of quotes.
    pub fn of_header(row: &[u8]) -> Delimiter {
        let count = |delimiter: Delimiter| {
            let mut quoted = false;
            row.iter()
                .filter(|byte| {
                    quoted ^= **byte == b'"';
                    !quoted && **byte == delimiter.byte()
                })
                .count()
        };
        // Of equals the first: a row without any has one column, whatever stands between cells.
        Delimiter::ALL.into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Delimiter;

    #[test]
    fn a_header_row_shows_its_delimiter() {
        let of = |row: &str| Delimiter::of_header(row.as_bytes());
        assert_eq!(of("body,perspective,tags"), Delimiter::Comma);
        assert_eq!(of("body;perspective"), Delimiter::Semicolon);
        assert_eq!(of("\"a,b,c\";perspective"), Delimiter::Semicolon);
        assert_eq!(of("body\tperspective"), Delimiter::Tab);
        assert_eq!(of("body"), Delimiter::Comma);
    }
}
