//! Changes as a client reads them.

use super::position::{After, Position};
use crate::change_log::Tombstone;
use crate::clock::Instant;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::ids::Id;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use std::borrow::Cow;

pub const DEFAULT_LIMIT: usize = 200;
pub const MAX_LIMIT: usize = 1_000;

/// A change of a record, as it stands in its network's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The network whose stream it is in; null for what belongs to no network, such as a theme.
    pub network_id: Option<Id>,
    /// Its number in that stream. The numbers rise; those in between are of changes that are not for the caller.
    pub number: i64,
    pub changed_at: Instant,
    /// What happened, such as `observation.created`.
    pub kind: String,
    pub subject_id: Id,
    /// The record's version after the change.
    pub subject_version: i32,
    pub cycle_id: Option<Id>,
    pub actor_id: Option<Id>,
    /// Where the record is read as it is now; null where it cannot be, or is listed alone.
    pub href: Option<String>,
    /// The record is to be taken out of what a client holds; null where it stands.
    pub tombstone: Option<Tombstone>,
}

/// The changes after a position.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// In the order of each stream; those of several streams by time.
    pub items: Vec<Change>,
    /// Places that the position knew and the caller sees no longer: all that is held of them is to be taken out.
    pub gone: Vec<Gone>,
    /// The position after these. It does not expire with the server's restart.
    pub next_after: String,
    /// Whether more changes wait. A page may have none for the caller although more wait.
    pub more: bool,
}

/// A network, or a cycle of another network, that the caller was in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum Gone {
    #[serde(rename = "network")]
    Network { id: Id },
    #[serde(rename = "cycle")]
    Cycle { id: Id },
}

/// Which changes are wanted.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangesQuery {
    /// The `nextAfter` of the page before; `latest` for the position of the last change, and what comes after it; by default
    /// everything from the beginning.
    pub after: Option<After>,
    /// Of this network alone, or of the cycle that I see of it.
    pub network_id: Option<Id>,
    /// 1 to 1000, by default 200.
    pub limit: Option<Limit>,
}

impl Input for ChangesQuery {
    fn example() -> Value {
        json!({"after": Position::default().to_string(), "limit": "200"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if let Some(After::Unknown) = self.after {
            let detail = "Must be a nextAfter that was given out here, or `latest`.";
            faults.push(FieldError::new("/after", "bad_format", detail));
        }
    }
}

/// How many changes a page holds at most.
#[derive(Clone, Copy, Debug)]
pub struct Limit(pub usize);

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Limit, D::Error> {
        let text = String::deserialize(deserializer)?;
        let limit = text
            .parse()
            .ok()
            .filter(|limit| (1..=MAX_LIMIT).contains(limit) && !text.starts_with(['+', '0']));
        limit
            .map(Limit)
            .ok_or_else(|| serde::de::Error::custom(format!("must be a number from 1 to {MAX_LIMIT}")))
    }
}

impl JsonSchema for Limit {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "ChangesLimit".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "maxLength": 4, "pattern": "^([1-9][0-9]{0,2}|1000)$"})
    }
}
