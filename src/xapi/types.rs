//! Statements as IEEE 9274.1.1 (xAPI 2.0) writes them: what of it is used here.

use crate::changes::types::Limit;
use crate::clock::Instant;
use crate::http::body::Input;
use crate::ids::Id;
use chrono::SecondsFormat;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The version of the standard, as its header names it.
pub const VERSION: &str = "2.0.0";
pub const VERSION_HEADER: &str = "X-Experience-API-Version";

/// Somebody did something with something. `stored`, `authority` and `version` are a learning record store's to add.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "XapiStatement")]
pub struct Statement {
    /// The same for the same version of the same record, always (UUIDv5).
    pub id: Id,
    pub actor: Agent,
    pub verb: Verb,
    pub object: Object,
    pub result: Option<Outcome>,
    pub context: Context,
    pub timestamp: Timestamp,
}

/// An instant to the millisecond: all that the standard asks a store to keep. With more of it, what a store shows would not be
/// what it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(transparent)]
pub struct Timestamp(pub Instant);

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.to_chrono().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

/// A person, by a name that tells nothing of them and is another one in each network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "XapiAgent")]
pub struct Agent {
    pub object_type: AgentType,
    pub account: Account,
}

/// What an actor or an object is, in the words of the standard.
macro_rules! object_type {
    ($name:ident, $schema:literal, $word:ident) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
        #[schemars(rename = $schema)]
        pub enum $name {
            $word,
        }
    };
}
object_type!(AgentType, "XapiAgentType", Agent);
object_type!(ActivityType, "XapiActivityType", Activity);
object_type!(ReferenceType, "XapiReferenceType", StatementRef);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "XapiAccount")]
pub struct Account {
    pub home_page: String,
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "XapiVerb")]
pub struct Verb {
    pub id: &'static str,
    pub display: Display,
}

impl Verb {
    pub const fn new(id: &'static str, en: &'static str, nl: &'static str) -> Verb {
        Verb { id, display: Display { en, nl } }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "XapiDisplay")]
pub struct Display {
    pub en: &'static str,
    pub nl: &'static str,
}

/// A record of practice, or a statement that holds no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "XapiObject")]
pub enum Object {
    Activity(Activity),
    Reference(Reference),
}

/// A statement by its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "XapiStatementRef")]
pub struct Reference {
    pub object_type: ReferenceType,
    pub id: Id,
}

/// Something by its address on this server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "XapiActivity")]
pub struct Activity {
    pub object_type: ActivityType,
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<Definition>,
}

impl Activity {
    pub fn at(id: String, activity_type: Option<&'static str>) -> Activity {
        let definition = activity_type.map(|activity_type| Definition { activity_type });
        Activity { object_type: ActivityType::Activity, id, definition }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "XapiDefinition")]
pub struct Definition {
    #[serde(rename = "type")]
    pub activity_type: &'static str,
}

/// What came of it: of an evaluation its verdict, and what people wrote where the server tells that.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "XapiResult")]
pub struct Outcome {
    pub score: Option<Score>,
    pub success: Option<bool>,
    pub completion: Option<bool>,
    pub response: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extensions: BTreeMap<String, Value>,
}

impl Outcome {
    pub fn is_empty(&self) -> bool {
        *self == Outcome::default()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "XapiScore")]
pub struct Score {
    /// 1 for what worked, 0.5 for what worked partly, 0 for what did not.
    pub scaled: f64,
}

#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "XapiContext")]
pub struct Context {
    pub context_activities: ContextActivities,
    pub platform: Option<&'static str>,
    /// What else is known of the record, by the address of the member in this contract.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extensions: BTreeMap<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "XapiContextActivities")]
pub struct ContextActivities {
    /// The cycle.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parent: Vec<Activity>,
    /// The network.
    pub grouping: Vec<Activity>,
    /// Themes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub category: Vec<Activity>,
    /// Records that it refers to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other: Vec<Activity>,
}

/// A page of statements.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "XapiStatementResult")]
pub struct StatementResult {
    pub statements: Vec<Statement>,
    /// Where the next page is, relative to this server; empty at the end. A page may be short although more follow.
    pub more: String,
}

/// Which statements are wanted.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "XapiStatementsQuery")]
pub struct StatementsQuery {
    /// The oldest first; by default the newest.
    pub ascending: Option<Switch>,
    /// 1 to 1000, by default 200.
    pub limit: Option<Limit>,
    /// As `more` has it; it goes with the same `ascending`.
    pub cursor: Option<Cursor>,
}

impl Input for StatementsQuery {
    fn example() -> Value {
        json!({"ascending": "true"})
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "XapiSwitch")]
pub enum Switch {
    True,
    False,
}

/// The place of a statement in its network's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor(pub i64);

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Cursor, D::Error> {
        let text = String::deserialize(deserializer)?;
        let place = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
        place.map(Cursor).ok_or_else(|| serde::de::Error::custom("must be one that `more` had"))
    }
}

impl JsonSchema for Cursor {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "XapiCursor".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "maxLength": 18, "pattern": "^[0-9]{1,18}$"})
    }
}
