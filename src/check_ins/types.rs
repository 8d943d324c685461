//! Check-ins and what they ask, as they are stored and sent, and the bodies that make and change them.

use super::rules;
use crate::clock::{Day, Instant};
use crate::db::schema::{check_in_definitions, check_ins};
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Few, Reason, Set};
use crate::ids::Id;
use crate::label::{Key, Label, LabelBody};
use crate::record::Record;
use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumIter, EnumString, IntoStaticStr};

/// What a check-in looks at: `form` (vorm), how a network has arranged its work; `content` (inhoud), what it works on;
/// `relations` (relaties), how people are with each other.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Debug,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    EnumIter,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Aspect {
    Form,
    Content,
    Relations,
}

/// Something to agree with, more or less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// Means the same statement in each version, so that its course can be followed.
    pub key: String,
    pub aspect: Aspect,
    pub text: Label,
}

/// A version of what a network asks in its check-ins. It never changes.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = check_in_definitions, treat_none_as_default_value = false)]
pub struct CheckInDefinition {
    pub id: Id,
    pub network_id: Id,
    /// Its number among the network's definitions, from 1.
    pub version: i32,
    pub statements: Json<Vec<Statement>>,
    /// What the answers 1 to 5 mean, in words.
    pub scale: Json<Vec<Label>>,
    /// Why it differs from the one before.
    pub reason: Option<String>,
    pub created_by: Id,
    pub created_at: Instant,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for CheckInDefinition {
    const KIND: &'static str = "check_in_definition";
    const PATH: &'static str = "check-in-definitions";

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

/// Whether a check-in was closed by somebody. After its last day it is closed as well, whatever this says.
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
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CheckInState {
    Open,
    Closed,
}
crate::text_enum!(CheckInState);

/// A round in which the members of a network say how it is doing.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = check_ins, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct CheckIn {
    pub id: Id,
    pub network_id: Id,
    /// What it asks; null where it asks what is built in.
    pub definition_id: Option<Id>,
    /// The version of what it asks, of the network's own or of what is built in.
    pub definition_version: i32,
    /// The first day on which members can respond.
    pub starts_on: NaiveDate,
    /// The last day on which they can.
    pub closes_on: NaiveDate,
    pub state: CheckInState,
    /// When somebody closed it before its last day was over.
    pub closed_at: Option<Instant>,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for CheckIn {
    const KIND: &'static str = "check_in";
    const PATH: &'static str = "check-ins";

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

/// What a check-in asks, and what becomes of the answers: to be shown before somebody answers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckInForm {
    pub check_in_id: Id,
    pub definition_id: Option<Id>,
    pub definition_version: i32,
    pub starts_on: NaiveDate,
    pub closes_on: NaiveDate,
    /// Whether a response can be given or corrected today.
    pub takes_responses: bool,
    pub statements: Vec<Statement>,
    /// What the answers 1 to 5 mean, in words.
    pub scale: Vec<Label>,
    /// What becomes of the answers and of the texts beside them.
    pub notice: Label,
    /// Of fewer responses nothing is shown.
    pub least_responses: usize,
}

/// A statement as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementBody {
    /// Stays the same in later versions for as long as the statement does.
    pub key: Key,
    pub aspect: Aspect,
    pub text: LabelBody,
}

/// The body that defines what a network asks.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckInDefinitionCreate {
    pub id: Option<Id>,
    /// At least one on each of form, content and relations.
    pub statements: Few<StatementBody, 3, 30>,
    /// What the answers 1 to 5 mean, in words; those of the built-in definition by default.
    pub scale: Option<Few<LabelBody, 5, 5>>,
    /// Why it differs from the one before.
    pub reason: Option<Reason>,
}

impl Input for CheckInDefinitionCreate {
    fn example() -> Value {
        json!({
            "statements": [
                {"key": "rhythm", "aspect": "form", "text": {"nl": "Eens in de zes weken bijeenkomen is precies goed."}},
                {"key": "matters", "aspect": "content", "text": {"nl": "Wat wij bespreken, merken bewoners.", "en": "Residents notice what we discuss."}},
                {"key": "safe", "aspect": "relations", "text": {"nl": "Ik durf hier te zeggen wat niet lukte."}}
            ]
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        rules::statements_are_whole(&self.statements, faults);
    }
}

/// The body that begins a check-in.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckInCreate {
    pub id: Option<Id>,
    /// Today by default.
    pub starts_on: Option<Day>,
    /// The last day on which members can respond.
    pub closes_on: Day,
    /// A version of what the network asks. By default its newest, or what is built in where it has none.
    pub definition_id: Option<Id>,
    /// Instead of it, a version of what is built in.
    #[schemars(range(min = 1))]
    pub built_in_version: Option<i32>,
}

impl Input for CheckInCreate {
    fn example() -> Value {
        json!({"startsOn": "2027-03-01", "closesOn": "2027-03-14"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        rules::names_one_definition(self, faults);
    }
}

/// A merge patch of a check-in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CheckInPatch {
    pub closes_on: Set<Day>,
}

impl Input for CheckInPatch {
    fn example() -> Value {
        json!({"closesOn": "2027-03-21"})
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClosedOnly {
    Closed,
}

/// The body that closes a check-in.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckInClosing {
    pub id: Option<Id>,
    pub to: ClosedOnly,
    pub reason: Option<Reason>,
    pub happened_at: Option<HappenedAt>,
}

impl Input for CheckInClosing {
    fn example() -> Value {
        json!({"to": "closed", "reason": "Iedereen heeft gereageerd."})
    }
}
