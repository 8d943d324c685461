//! A yes or no in a query string.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;

/// As it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    True,
    False,
}

/// A yes or no in a query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Truth(pub bool);

impl<'de> Deserialize<'de> for Truth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Truth, D::Error> {
        Word::deserialize(deserializer).map(|word| Truth(word == Word::True))
    }
}

impl JsonSchema for Truth {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Truth".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // A query is made of texts. In the contract it is a boolean.
        json_schema!({"type": "string", "enum": ["true", "false"]})
    }
}
