//! A response to a check-in, as it is stored and sent. It is its author's alone; others see what many said.

use super::rules;
use super::types::Aspect;
use crate::clock::Instant;
use crate::db::schema::check_in_responses;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::{Few, REASON, Set, Text};
use crate::ids::Id;
use crate::label::Key;
use crate::record::Record;
use diesel::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use std::borrow::Cow;

/// A step of the scale, 1 to 5; the definition says in words what each means.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Step(u8);

impl Step {
    pub const COUNT: usize = 5;

    /// Its place among the steps, from 0.
    pub fn place(self) -> usize {
        usize::from(self.0) - 1
    }
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Step, D::Error> {
        match u8::deserialize(deserializer)? {
            step @ 1..=5 => Ok(Step(step)),
            _ => Err(D::Error::custom("must be a number from 1 to 5")),
        }
    }
}

impl JsonSchema for Step {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Step".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": 1, "maximum": Step::COUNT})
    }
}

/// What one of form, content and relations does to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    Helps,
    Hinders,
    Neither,
}

/// How far somebody agrees with a statement.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementAnswer {
    /// The statement's key.
    pub statement: Key,
    pub value: Step,
    /// Shown to the network after closing, without a name, as the form's notice says.
    pub text: Option<Text<REASON>>,
}

/// What somebody sees one of the three do to another.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Influence {
    pub from: Aspect,
    pub to: Aspect,
    pub effect: Effect,
    /// Shown to the network after closing, without a name, as the form's notice says.
    pub text: Option<Text<REASON>>,
}

/// What one member answered.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = check_in_responses, primary_key(network_id, id))]
pub struct CheckInResponse {
    pub id: Id,
    pub network_id: Id,
    pub check_in_id: Id,
    pub author_id: Id,
    pub answers: Json<Vec<StatementAnswer>>,
    pub influences: Json<Vec<Influence>>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for CheckInResponse {
    const KIND: &'static str = "check_in_response";
    const PATH: &'static str = "check-in-responses";

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
    fn is_private(&self) -> bool {
        true
    }
}

pub type Answers = Few<StatementAnswer, 3, 30>;
pub type Influences = Few<Influence, 6, 6>;

/// The body that responds to a check-in.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckInResponseCreate {
    pub id: Option<Id>,
    /// One for each statement that the check-in puts.
    pub answers: Answers,
    /// One for each of the three on each of the others.
    pub influences: Influences,
}

impl Input for CheckInResponseCreate {
    fn example() -> Value {
        json!({
            "answers": [
                {"statement": "form_meetings", "value": 4},
                {"statement": "form_roles", "value": 2, "text": "Wie de agenda maakt, wisselt zonder dat we het zeggen."},
                {"statement": "form_room", "value": 3},
                {"statement": "content_matters", "value": 5},
                {"statement": "content_learning", "value": 4},
                {"statement": "content_citizens", "value": 3},
                {"statement": "relations_safe", "value": 4},
                {"statement": "relations_equal", "value": 3},
                {"statement": "relations_near", "value": 5}
            ],
            "influences": influences_example()
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        rules::answered_once(&self.answers, faults);
        rules::each_on_each(&self.influences, faults);
    }
}

fn influences_example() -> Value {
    json!([
        {"from": "form", "to": "content", "effect": "hinders", "text": "Twee uur is te kort om een vraag uit te diepen."},
        {"from": "form", "to": "relations", "effect": "helps"},
        {"from": "content", "to": "form", "effect": "neither"},
        {"from": "content", "to": "relations", "effect": "helps"},
        {"from": "relations", "to": "form", "effect": "helps"},
        {"from": "relations", "to": "content", "effect": "helps"}
    ])
}

/// A merge patch of a response: a list that is given replaces the whole list.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CheckInResponsePatch {
    pub answers: Set<Answers>,
    pub influences: Set<Influences>,
}

impl Input for CheckInResponsePatch {
    fn example() -> Value {
        json!({"influences": influences_example()})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if let Some(answers) = &self.answers.0 {
            rules::answered_once(answers, faults);
        }
        if let Some(influences) = &self.influences.0 {
            rules::each_on_each(influences, faults);
        }
    }
}
