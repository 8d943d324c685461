//! What a reading of life domains can be narrowed to.

use super::built_in::BuiltIn;
use crate::clock::Instant;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::ids::Id;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use std::borrow::Cow;

/// Which framework to look through: a built-in one by its name, or one of the network's own by its id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FrameworkName {
    BuiltIn(BuiltIn),
    Own(Id),
}

impl<'de> Deserialize<'de> for FrameworkName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FrameworkName, D::Error> {
        let text = String::deserialize(deserializer)?;
        let built_in = text.parse().map(FrameworkName::BuiltIn);
        built_in
            .or_else(|_| text.parse().map(FrameworkName::Own))
            .map_err(|_| D::Error::custom("must be the name of a built-in framework or an id"))
    }
}

impl JsonSchema for FrameworkName {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "FrameworkName".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        const ID: &str = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
        let pattern = format!("^(positive_health|quality_of_life|social_quality|{ID})$");
        json_schema!({"type": "string", "maxLength": 36, "pattern": pattern})
    }
}

/// The number of a version, as a query has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VersionNumber(pub i32);

impl<'de> Deserialize<'de> for VersionNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<VersionNumber, D::Error> {
        let text = String::deserialize(deserializer)?;
        // As the contract has it: Rust would read `+7` and `007` too.
        let written = text.len() <= 6 && text.starts_with(|first: char| matches!(first, '1'..='9'));
        let number = text.parse().ok().filter(|_| written);
        number.map(VersionNumber).ok_or_else(|| D::Error::custom("must be a number from 1"))
    }
}

impl JsonSchema for VersionNumber {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "VersionNumber".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "maxLength": 6, "pattern": "^[1-9][0-9]{0,5}$"})
    }
}

/// By what and of which period a network's life domains are read.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReadingFilter {
    /// The one that the network chose, by default.
    pub framework: Option<FrameworkName>,
    /// Of the framework named; its newest by default.
    pub version: Option<VersionNumber>,
    /// Records that happened at this instant or later.
    pub since: Option<Instant>,
    /// Records that happened before this instant.
    pub until: Option<Instant>,
}

impl Input for ReadingFilter {
    fn example() -> Value {
        json!({})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if self.version.is_some() && self.framework.is_none() {
            let detail = "Name the framework that this is a version of.";
            faults.push(FieldError::new("/framework", "required", detail));
        }
        if let (Some(since), Some(until)) = (self.since, self.until)
            && until <= since
        {
            faults.push(FieldError::new("/until", "inconsistent", "Must lie after since."));
        }
    }
}
