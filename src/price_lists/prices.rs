//! A price: what a unit of something costs, whom, in money of which year, and where that is known from.

use crate::decimal::Amount;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::{Name, Reason, Token};
use reqwest::Url;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use std::borrow::Cow;
use strum::IntoStaticStr;

/// What a price is for one of: an `event` that happens or does not, or a time.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PriceUnit {
    Event,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// Who pays: the municipality (Wmo, Jeugdwet, Participatiewet), a health insurer (Zvw), long-term care (Wlz), employee
/// insurance (UWV), other parts of central government, and so on; `person` is the one it is about, with their household.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Payer {
    Municipality,
    HealthInsurer,
    LongTermCare,
    EmployeeInsurance,
    CentralGovernment,
    HousingCorporation,
    PoliceAndJustice,
    Education,
    Employer,
    Person,
    Other,
}

/// A year in whose money something is said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct PriceYear(i32);

const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

impl PriceYear {
    pub fn number(self) -> i32 {
        self.0
    }
}

impl<'de> Deserialize<'de> for PriceYear {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PriceYear, D::Error> {
        let year = i32::deserialize(deserializer)?;
        if YEARS.contains(&year) {
            Ok(PriceYear(year))
        } else {
            Err(D::Error::custom(format!("must be a year from {} to {}", YEARS.start(), YEARS.end())))
        }
    }
}

impl JsonSchema for PriceYear {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "PriceYear".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "format": "int32", "minimum": YEARS.start(), "maximum": YEARS.end()})
    }
}

/// What a price is called by in its version of the list, such as `GGZ-01`.
pub type Code = Token<50>;

/// What a unit of something costs.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Price {
    /// Once in a version.
    pub code: Code,
    pub label: Name,
    pub unit: PriceUnit,
    /// In euro, for one unit.
    pub amount: Amount,
    /// The year in whose money the amount is.
    pub price_year: PriceYear,
    pub payer: Payer,
    /// The least that it may be, in money of the same year; with `high`.
    pub low: Option<Amount>,
    /// The most that it may be; with `low`.
    pub high: Option<Amount>,
    /// Where the amount is known from, for others to find it.
    pub source: Reason,
    pub source_url: Option<Token<500>>,
}

impl Input for Price {
    fn example() -> Value {
        json!({
            "code": "OPV-DAG",
            "label": "Opvang met begeleiding",
            "unit": "day",
            "amount": "112.50",
            "priceYear": 2025,
            "payer": "municipality",
            "low": "98.00",
            "high": "130.00",
            "source": "Voorbeeldprijs, verzonnen"
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        let mut fault = |member: &str, code, detail: &str| {
            faults.push(FieldError::new(format!("/{member}"), code, detail));
        };
        match (self.low, self.high) {
            (None, None) => {}
            (Some(_), None) => fault("high", "required", "A lower bound has an upper one beside it."),
            (None, Some(_)) => fault("low", "required", "An upper bound has a lower one beside it."),
            (Some(low), Some(high)) => {
                if low > self.amount {
                    fault("low", "inconsistent", "Must not be more than the amount.");
                }
                if high < self.amount {
                    fault("high", "inconsistent", "Must not be less than the amount.");
                }
            }
        }
        let leads_somewhere = |url: &Token<500>| {
            url.parse::<Url>().is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        };
        if self.source_url.as_ref().is_some_and(|url| !leads_somewhere(url)) {
            fault("sourceUrl", "bad_format", "Must be an address that begins with https:// or http://.");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Price;
    use crate::error::Error;
    use crate::http::body::{Input, parse};
    use serde_json::{Value, json};

    fn faults(change: &Value) -> Vec<(String, &'static str)> {
        let mut price = Price::example();
        for (member, value) in change.as_object().expect("an object") {
            price[member] = value.clone();
        }
        match parse::<Price>(price.to_string().as_bytes()) {
            Err(Error::Invalid { errors, .. }) => {
                errors.into_iter().map(|error| (error.pointer, error.code)).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_price_lies_within_its_bounds() {
        assert!(faults(&json!({})).is_empty());
        assert!(faults(&json!({"low": "112.5", "high": "112.5000"})).is_empty());
        assert_eq!(faults(&json!({"low": "112.51"})), [("/low".into(), "inconsistent")]);
        assert_eq!(faults(&json!({"high": "112.49"})), [("/high".into(), "inconsistent")]);
        assert_eq!(faults(&json!({"high": null})), [("/high".into(), "required")]);
        assert_eq!(faults(&json!({"low": null})), [("/low".into(), "required")]);
    }

    #[test]
    fn a_price_is_a_decimal_number_of_a_year_and_its_source_can_be_found() {
        assert_eq!(faults(&json!({"amount": 112.5})), [("/amount".into(), "wrong_type")]);
        assert_eq!(faults(&json!({"amount": "112,50"})), [("/amount".into(), "bad_format")]);
        assert_eq!(faults(&json!({"priceYear": 1999})), [("/priceYear".into(), "out_of_range")]);
        assert_eq!(faults(&json!({"source": ""})), [("/source".into(), "too_short")]);
        for url in ["ftp://voorbeeld.example/a", "javascript:alert(1)", "voorbeeld.example"] {
            assert_eq!(faults(&json!({"sourceUrl": url})), [("/sourceUrl".into(), "bad_format")], "{url}");
        }
        assert!(faults(&json!({"sourceUrl": "https://prijzen.voorbeeld.example/2025"})).is_empty());
    }
}
