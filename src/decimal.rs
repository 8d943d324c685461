//! Decimal numbers as they are written, to the last digit, and exact fractions rounded for showing. Money has no floating
//! point anywhere: it comes in as text, is added up as fractions of whole numbers, and goes out as text.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

/// The format by which the contract tells a decimal number in a text.
pub const FORMAT: &str = "decimal";
/// What is said of a text that is no such number.
pub const FORM: &str = "Must be a decimal number within its bounds, such as 1234.50.";

/// A decimal number of at most `WHOLE` digits before the point and `PLACES` behind it, below zero only where `SIGNED`. On
/// the wire and in the database it is a text, `1234.50`: a JSON number would be read as floating point by many.
#[derive(Clone, Copy, Debug)]
pub struct Exact<const WHOLE: usize, const PLACES: usize, const SIGNED: bool> {
    /// The number times ten to the power of `PLACES`.
    units: i64,
    /// Digits behind the point, as it was written.
    places: usize,
}

/// An amount in euro.
pub type Amount = Exact<9, 4, false>;
/// How much or how many.
pub type Quantity = Exact<6, 4, false>;
pub type Percentage = Exact<3, 2, false>;
/// A part of one, up or down: 0.025 is two and a half per cent.
pub type Rate = Exact<1, 6, true>;

/// Whether a pattern is that of a decimal number.
pub fn is_pattern(pattern: &str) -> bool {
    pattern.trim_start_matches("^-?").trim_start_matches('^').starts_with("(0|[1-9]")
}

impl<const WHOLE: usize, const PLACES: usize, const SIGNED: bool> Exact<WHOLE, PLACES, SIGNED> {
    pub fn parse(text: &str) -> Option<Self> {
        let unsigned = if SIGNED { text.strip_prefix('-').unwrap_or(text) } else { text };
        let (whole, behind) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let is_plain = whole == "0" || !whole.starts_with('0');
        let point_leads = unsigned.contains('.') != behind.is_empty();
        let fits = (1..=WHOLE).contains(&whole.len()) && behind.len() <= PLACES;
        if !(all_digits(whole) && all_digits(behind) && is_plain && point_leads && fits) {
            return None;
        }
        // Nothing here is longer than the eighteen digits that always fit.
        let units: i64 = format!("{whole}{behind:0<PLACES$}").parse().ok()?;
        let below_zero = unsigned.len() < text.len();
        Some(Exact { units: if below_zero { -units } else { units }, places: behind.len() })
    }

    /// The same as a fraction.
    pub fn to_fraction(self) -> BigRational {
        BigRational::new(self.units.into(), power_of_ten(PLACES))
    }

    /// What the contract says that it looks like.
    fn pattern() -> String {
        let sign = if SIGNED { "-?" } else { "" };
        format!("^{sign}(0|[1-9][0-9]{{0,{}}})(\\.[0-9]{{1,{PLACES}}})?$", WHOLE - 1)
    }
}

/// As many places as the longest of them is written with.
impl<const WHOLE: usize, const PLACES: usize, const SIGNED: bool> Sum for Exact<WHOLE, PLACES, SIGNED> {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Exact { units: 0, places: 0 }, |sum, one| Exact {
            units: sum.units.saturating_add(one.units),
            places: sum.places.max(one.places),
        })
    }
}

/// Numbers are the same however many noughts end them.
impl<const WHOLE: usize, const PLACES: usize, const SIGNED: bool> PartialEq for Exact<WHOLE, PLACES, SIGNED> {
    fn eq(&self, other: &Self) -> bool {
        self.units == other.units
    }
}

impl<const WHOLE: usize, const PLACES: usize, const SIGNED: bool> Eq for Exact<WHOLE, PLACES, SIGNED> {}

impl<const WHOLE: usize, const PLACES: usize, const SIGNED: bool> PartialOrd
    for Exact<WHOLE, PLACES, SIGNED>
{
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<const WHOLE: usize, const PLACES: usize, const SIGNED: bool> Ord for Exact<WHOLE, PLACES, SIGNED> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.units.cmp(&other.units)
    }
}

impl<const WHOLE: usize, const PLACES: usize, const SIGNED: bool> fmt::Display
    for Exact<WHOLE, PLACES, SIGNED>
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = written(&self.units.into(), PLACES);
        let surplus = if self.places == 0 { PLACES + 1 } else { PLACES - self.places };
        f.write_str(&whole[..whole.len() - surplus])
    }
}

impl<const WHOLE: usize, const PLACES: usize, const SIGNED: bool> Serialize for Exact<WHOLE, PLACES, SIGNED> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const WHOLE: usize, const PLACES: usize, const SIGNED: bool> Deserialize<'de>
    for Exact<WHOLE, PLACES, SIGNED>
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ExactVisitor<const WHOLE: usize, const PLACES: usize, const SIGNED: bool>;
        impl<const WHOLE: usize, const PLACES: usize, const SIGNED: bool> Visitor<'_>
            for ExactVisitor<WHOLE, PLACES, SIGNED>
        {
            type Value = Exact<WHOLE, PLACES, SIGNED>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal number in a text")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
                Exact::parse(text).ok_or_else(|| E::custom(FORM))
            }
        }
        deserializer.deserialize_str(ExactVisitor::<WHOLE, PLACES, SIGNED>)
    }
}

impl<const WHOLE: usize, const PLACES: usize, const SIGNED: bool> JsonSchema
    for Exact<WHOLE, PLACES, SIGNED>
{
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Exact".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let longest = WHOLE + PLACES + 1 + usize::from(SIGNED);
        json_schema!({"type": "string", "format": FORMAT, "maxLength": longest, "pattern": Self::pattern()})
    }
}

/// Euros and cents: an exact amount, rounded once. Sums of these are the sums of what is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Euros(BigInt);

impl Euros {
    /// To the nearest cent; half a cent goes away from zero.
    pub fn rounded(exact: &BigRational) -> Euros {
        Euros(scaled(exact, 2))
    }

    /// So many units at so much each. The product is not reduced first: what indexation makes of a price can be long.
    pub fn of_units(units: &BigRational, amount: &BigRational) -> Euros {
        let over = units.numer() * amount.numer();
        Euros::rounded(&BigRational::new_raw(over, units.denom() * amount.denom()))
    }
}

impl fmt::Display for Euros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written(&self.0, 2))
    }
}

impl Add for Euros {
    type Output = Euros;
    fn add(self, other: Euros) -> Euros {
        Euros(self.0 + other.0)
    }
}

impl Sub for Euros {
    type Output = Euros;
    fn sub(self, other: Euros) -> Euros {
        Euros(self.0 - other.0)
    }
}

impl AddAssign<&Euros> for Euros {
    fn add_assign(&mut self, other: &Euros) {
        self.0 += &other.0;
    }
}

impl<'a> Sum<&'a Euros> for Euros {
    fn sum<I: Iterator<Item = &'a Euros>>(all: I) -> Euros {
        Euros(all.map(|one| &one.0).sum())
    }
}

impl Serialize for Euros {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Euros {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Euros".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": FORMAT, "maxLength": MOST, "pattern": r"^-?[0-9]+\.[0-9]{2}$"})
    }
}

/// An exact number as it is shown with four places: to read, not to add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown(String);

/// The longest number that is shown. What is within the bounds of [`Exact`] and of a calculation stays far below.
const MOST: usize = 60;

impl Shown {
    /// To the nearest; a half goes away from zero.
    pub fn rounded(exact: &BigRational) -> Shown {
        Shown(written(&scaled(exact, 4), 4))
    }
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl JsonSchema for Shown {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Shown".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": FORMAT, "maxLength": MOST, "pattern": r"^-?[0-9]+\.[0-9]{4}$"})
    }
}

/// So many hundredths, thousandths …, a half rounded away from zero.
fn scaled(exact: &BigRational, places: usize) -> BigInt {
    let twice = exact.numer().abs() * power_of_ten(places) * 2 + exact.denom();
    let nearest: BigInt = twice / (exact.denom() * 2);
    if exact.is_negative() { -nearest } else { nearest }
}

fn power_of_ten(places: usize) -> BigInt {
    num_traits::pow(BigInt::from(10), places)
}

/// So many hundredths, thousandths … as a decimal number.
fn written(scaled: &BigInt, places: usize) -> String {
    let sign = if scaled.is_negative() { "-" } else { "" };
    let digits = format!("{:0>width$}", scaled.abs().to_string(), width = places + 1);
    let (whole, rest) = digits.split_at(digits.len() - places);
    format!("{sign}{whole}.{rest}")
}

#[cfg(test)]
mod tests {
    use super::{Amount, Euros, Rate, Shown};
    use num_bigint::BigInt;
    use num_rational::BigRational;
    use serde_json::json;

    fn fraction(over: i64, under: i64) -> BigRational {
        BigRational::new(BigInt::from(over), BigInt::from(under))
    }

    #[test]
    fn a_number_is_what_was_written() {
        for text in ["0", "0.0001", "12.50", "999999999.9999", "1"] {
            let amount = Amount::parse(text).expect(text);
            assert_eq!(json!(amount), json!(text));
            assert_eq!(serde_json::from_value::<Amount>(json!(text)).expect(text), amount);
        }
        assert_eq!(Amount::parse("0.30").expect("a number").to_fraction(), fraction(3, 10));
        assert_eq!(json!(Rate::parse("-0.0250").expect("a number")), json!("-0.0250"));
        assert_eq!(Amount::parse("12.50"), Amount::parse("12.5"));
        assert_eq!(Rate::parse("-0.025").expect("a number").to_fraction(), fraction(-1, 40));
    }

    #[test]
    fn what_is_written_otherwise_is_refused() {
        let not = [
            "",
            "-1",
            "+1",
            ".5",
            "5.",
            "01",
            "00",
            "1,5",
            "1 000",
            "1_000",
            "1e3",
            "1000000000",
            "1.00001",
            "١",
            "1.-1",
            "NaN",
        ];
        for text in not {
            assert!(Amount::parse(text).is_none(), "{text}");
        }
        assert!(super::is_pattern(&Amount::pattern()) && super::is_pattern(&Rate::pattern()));
        assert!(Rate::parse("--1").is_none() && Rate::parse("10").is_none());
        assert!(serde_json::from_value::<Amount>(json!(12.5)).is_err(), "no JSON number");
    }

    #[test]
    fn half_a_cent_goes_away_from_zero() {
        let euros = |over, under| Euros::rounded(&fraction(over, under)).to_string();
        assert_eq!(euros(5, 1000), "0.01");
        assert_eq!(euros(4999, 1_000_000), "0.00");
        assert_eq!(euros(-5, 1000), "-0.01");
        assert_eq!(euros(-1, 1000), "0.00");
        assert_eq!(euros(2, 3), "0.67");
        assert_eq!(euros(123_456_789, 100), "1234567.89");
        assert_eq!(euros(14_999, 1_000_000), "0.01");
        assert_eq!(Euros::of_units(&fraction(3, 7), &fraction(-7, 6)).to_string(), "-0.50");
        assert_eq!(json!(Shown::rounded(&fraction(14, 31))), json!("0.4516"));
        assert_eq!((Euros::default() - Euros::rounded(&fraction(1, 10))).to_string(), "-0.10");
    }
}
