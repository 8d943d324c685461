//! An emergency access as it is stored and sent, and the bodies that begin and end it.

use super::rules;
use crate::clock::Instant;
use crate::db::schema::emergency_accesses;
use crate::error::Result;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{FREE_TEXT_MARK, PATTERN, REASON, Reason};
use crate::ids::Id;
use crate::record::Record;
use crate::transitions::Moves;
use diesel::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use std::borrow::Cow;

/// That an administrator sees, for a stated cause and a limited time, what a member with the role `reader` sees in a network
/// that they are no member of ("break the glass"). Its members are told in the feed of changes, and each access under it
/// names it.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = emergency_accesses, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct EmergencyAccess {
    pub id: Id,
    pub network_id: Id,
    /// The administrator.
    pub person_id: Id,
    pub cause: String,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// When it was ended before; null unless it was.
    pub ended_at: Option<Instant>,
    pub ended_by: Option<Id>,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for EmergencyAccess {
    const KIND: &'static str = "emergency_access";
    const PATH: &'static str = "emergency-accesses";

    fn id(&self) -> Id {
        self.id
    }
    fn version(&self) -> i32 {
        self.version
    }
    fn digest(&self) -> &[u8] {
        &self.digest
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
}

/// The body that begins an emergency access.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EmergencyAccessCreate {
    pub id: Option<Id>,
    /// Why it cannot be done otherwise, for the network to read: no names, nothing of what a note says.
    pub cause: Cause,
    /// For how long; 1 by default.
    pub hours: Option<Hours>,
}

impl Input for EmergencyAccessCreate {
    fn example() -> Value {
        json!({"cause": "The coordinators have left, and a citizen asks for what is kept of her.", "hours": 2})
    }
}

/// A cause of 10 to 2000 characters: shorter ones say nothing.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Cause(Reason);

const SHORTEST: usize = 10;

impl Cause {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Cause {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Cause, D::Error> {
        let text = Reason::deserialize(deserializer)?;
        if text.chars().count() < SHORTEST {
            return Err(D::Error::custom(format!("must have at least {SHORTEST} characters")));
        }
        Ok(Cause(text))
    }
}

impl JsonSchema for Cause {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Cause".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "minLength": SHORTEST, "maxLength": REASON, "pattern": PATTERN, FREE_TEXT_MARK: true,
        })
    }
}

/// How many hours an emergency access lasts.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub struct Hours(pub i64);

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hours, D::Error> {
        let hours = i64::deserialize(deserializer)?;
        let bounds = 1..=rules::MOST_HOURS;
        let fault = || D::Error::custom(format!("must be a number from 1 to {}", rules::MOST_HOURS));
        bounds.contains(&hours).then_some(Hours(hours)).ok_or_else(fault)
    }
}

impl JsonSchema for Hours {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "EmergencyHours".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "format": "int32", "minimum": 1, "maximum": rules::MOST_HOURS})
    }
}

/// The move of an emergency access: it can only be ended.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EmergencyAccessTransition {
    pub id: Option<Id>,
    pub to: EndedOnly,
    pub reason: Option<Reason>,
    pub happened_at: Option<HappenedAt>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndedOnly {
    Ended,
}

impl Input for EmergencyAccessTransition {
    fn example() -> Value {
        json!({"to": "ended"})
    }
}

/// The move with the one who makes it, and when.
pub struct Ending<'b> {
    pub body: &'b EmergencyAccessTransition,
    pub person_id: Id,
    pub now: Instant,
}

impl Serialize for Ending<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.body.serialize(serializer)
    }
}

impl Moves<EmergencyAccess> for Ending<'_> {
    fn id(&self) -> Option<Id> {
        self.body.id
    }
    fn to(&self) -> &'static str {
        "ended"
    }
    fn reason(&self) -> Option<&str> {
        self.body.reason.as_deref()
    }
    fn happened_at(&self) -> Option<HappenedAt> {
        self.body.happened_at
    }
    fn apply(&self, access: &mut EmergencyAccess) -> Result<&'static str> {
        rules::end(access, self.person_id, self.now)
    }
}
