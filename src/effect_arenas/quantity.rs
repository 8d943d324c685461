//! Hours and euros, exactly.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::iter::Sum;

const PATTERN: &str = r"^(0|[1-9][0-9]{0,8})(\.[0-9]{1,2})?$";
/// Characters of the longest that is sent.
const LONGEST: usize = 12;

/// Something counted to two decimals, such as `1250.50`: never a binary fraction, on the wire a text. Below a milliard
/// where it is sent; a sum may be more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity {
    hundredths: u64,
}

impl Quantity {
    /// Whole units, and hundredths beyond them.
    pub fn parts(self) -> (u64, u64) {
        (self.hundredths / 100, self.hundredths % 100)
    }

    fn parse(text: &str) -> Option<Quantity> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most| {
            (1..=most).contains(&part.len()) && part.bytes().all(|digit| digit.is_ascii_digit())
        };
        if !digits(whole, 9) || !digits(decimals, 2) || (whole.len() > 1 && whole.starts_with('0')) {
            return None;
        }
        let scale = if decimals.len() == 1 { 10 } else { 1 };
        let hundredths = whole.parse::<u64>().ok()? * 100 + decimals.parse::<u64>().ok()? * scale;
        Some(Quantity { hundredths })
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts() {
            (whole, 0) => write!(f, "{whole}"),
            (whole, hundredths) => write!(f, "{whole}.{hundredths:02}"),
        }
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Quantity>>(quantities: I) -> Quantity {
        let hundredths = quantities.fold(0u64, |sum, one| sum.saturating_add(one.hundredths));
        Quantity { hundredths }
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Quantity, D::Error> {
        let text = String::deserialize(deserializer)?;
        Quantity::parse(&text).ok_or_else(|| D::Error::custom("must be a number such as 1250.50"))
    }
}

impl JsonSchema for Quantity {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Quantity".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "maxLength": LONGEST, "pattern": PATTERN})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_exact_and_has_one_form() {
        for (sent, kept) in
            [("0", "0"), ("0.10", "0.10"), ("12.5", "12.50"), ("7.00", "7"), ("999999999.99", "999999999.99")]
        {
            assert_eq!(Quantity::parse(sent).map(|quantity| quantity.to_string()).as_deref(), Some(kept));
        }
        for no_number in
            ["", ".", "1.", ".5", "-1", "+1", "01", "1,5", "1.234", "1e3", "1000000000", "١", " 1"]
        {
            assert_eq!(Quantity::parse(no_number), None, "{no_number}");
        }
        let sum: Quantity = ["0.10", "0.20"].into_iter().filter_map(Quantity::parse).sum();
        assert_eq!(sum.to_string(), "0.30");
    }
}
