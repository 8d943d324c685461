//! How a network names what it defines itself: a key that stays, and a label in Dutch and, where there is one, English.

use crate::http::text::Text;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_with::skip_serializing_none;
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// The longest label, in characters.
const LABEL: usize = 300;
/// The longest key, in characters.
const KEY: usize = 50;
const KEY_PATTERN: &str = "^[a-z][a-z0-9_]{0,49}$";

/// A text in Dutch and, where there is one, in English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Label {
    pub nl: String,
    pub en: Option<String>,
}

impl Label {
    pub fn new(nl: &str, en: &str) -> Label {
        Label { nl: nl.to_owned(), en: Some(en.to_owned()) }
    }

    /// Its texts, one a language.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.nl.as_str()).chain(self.en.as_deref())
    }
}

/// A label as it is sent: in Dutch, and in English if you like.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelBody {
    pub nl: Text<LABEL>,
    pub en: Option<Text<LABEL>>,
}

impl From<&LabelBody> for Label {
    fn from(body: &LabelBody) -> Label {
        Label { nl: body.nl.to_string(), en: body.en.as_ref().map(|en| en.to_string()) }
    }
}

/// What something is known by from one version to the next: small letters, digits and underscores, a letter first.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Key(String);

impl Deref for Key {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Key, D::Error> {
        let text = String::deserialize(deserializer)?;
        let fits = text.len() <= KEY
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_');
        if fits { Ok(Key(text)) } else { Err(D::Error::custom("must be a key such as social_contacts")) }
    }
}

impl JsonSchema for Key {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Key".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "maxLength": KEY, "pattern": KEY_PATTERN})
    }
}
