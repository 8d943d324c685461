//! What is looked for and what is found, as they are sent.

use super::query;
use super::snippet::SnippetPart;
use crate::clock::Instant;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::Token;
use crate::ids::Id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use strum::{EnumIter, EnumString, IntoStaticStr};

/// The kinds of records that can be found.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    EnumIter,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    Observation,
    Reflection,
    Question,
    Insight,
}
crate::text_enum!(Kind);

/// What somebody looks for, and where.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SearchFilter {
    /// Words, all of which must be there in any inflection, Dutch or English, with or without accents; "phrases" in
    /// quotation marks; and the beginnings of words, of two letters at least, with an asterisk. All else is plain text.
    pub q: Token<200>,
    #[serde(rename = "type")]
    pub kind: Option<Kind>,
    /// Records of this network.
    pub network_id: Option<Id>,
    /// Records on this theme, by themselves or by their cycle.
    pub theme_id: Option<Id>,
    /// Happened at this moment or later.
    pub since: Option<Instant>,
    /// Happened before this moment.
    pub until: Option<Instant>,
}

impl Input for SearchFilter {
    fn example() -> Value {
        json!({"q": "\"koffie buiten\" eenz*"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if query::read(&self.q).is_empty() {
            let detail = "Holds no word that can be looked for: words such as in and is count for nothing.";
            faults.push(FieldError::new("/q", "nothing_to_find", detail));
        }
        if let (Some(since), Some(until)) = (self.since, self.until)
            && until <= since
        {
            faults.push(FieldError::new("/until", "inconsistent", "Must lie after since."));
        }
    }
}

/// A record that was found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    #[serde(rename = "type")]
    pub kind: Kind,
    pub id: Id,
    pub network_id: Id,
    /// Null in a network's inbox.
    pub cycle_id: Option<Id>,
    /// Of an insight, when it was shared, or while it is a draft, made.
    pub happened_at: Instant,
    /// An insight's; null in all else, which has none.
    pub title: Option<String>,
    /// A piece of its text (or, where nothing of it is a hit, its title) around what was sought, in parts: put together they are plain text.
    pub snippet: Vec<SnippetPart>,
    /// How well it answers; for the order alone.
    #[serde(skip)]
    #[schemars(skip)]
    pub score: f64,
}
