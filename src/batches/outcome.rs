//! What came of a batch, as it is answered and as it is kept.

use super::kinds;
use crate::clock::Instant;
use crate::db::schema::batches;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::contract::problem_of_part;
use crate::http::problem::Problem;
use crate::ids::Id;
use crate::privacy_warnings::types::PrivacyWarning;
use diesel::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// What came of a batch.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "BatchOutcome")]
pub struct Outcome {
    pub id: Id,
    pub atomic: bool,
    pub dry_run: bool,
    /// Whether anything was written.
    pub written: bool,
    /// One an item, in the order of the items.
    pub results: Vec<ItemResult>,
}

/// What came of an item.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "BatchItemResult")]
pub struct ItemResult {
    /// That of the operation by itself: 201 created; 200 updated, withdrawn, or there already from an earlier sending; 424
    /// where it could have been done and another item of an atomic batch could not.
    #[schemars(range(min = 200, max = 599))]
    pub status: u16,
    /// Null where the server would have chosen it and nothing was created.
    pub id: Option<Id>,
    pub version: Option<i32>,
    pub problem: Option<ItemProblem>,
    /// With a 412, and with `id_reused`: the record as it stands, for the client to merge with its own; null where the
    /// caller does not see it.
    pub stored: Option<Stored>,
    /// What may tell who somebody is in the texts of the item, which were stored all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub warnings: Vec<PrivacyWarning>,
    /// The server chose the id, which so is gone with what was taken back.
    #[serde(skip)]
    pub named_here: bool,
}

/// A problem of one item: as that of a request, without the request's id.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemProblem(pub Map<String, Value>);

impl JsonSchema for ItemProblem {
    fn schema_name() -> Cow<'static, str> {
        "BatchItemProblem".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        problem_of_part(
            "What is wrong with an item: a problem (RFC 9457) whose pointers begin at the batch. Some codes have further members.",
            &generator.subschema_for::<FieldError>(),
        )
    }
}

/// A record of one of the kinds.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stored(pub Value);

impl JsonSchema for Stored {
    fn schema_name() -> Cow<'static, str> {
        "BatchItemStored".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": kinds::record_schemas(generator)})
    }
}

impl ItemResult {
    pub fn done(status: u16, id: Id, version: i32) -> ItemResult {
        let (id, version) = (Some(id), Some(version));
        ItemResult {
            status,
            id,
            version,
            problem: None,
            stored: None,
            warnings: Vec::new(),
            named_here: false,
        }
    }

    /// What came of it, told of what was taken back.
    pub fn taken_back(&mut self) {
        if self.named_here {
            self.id = None;
        }
    }

    /// A refusal of what the client calls `id`.
    pub fn refused(problem: &Problem, id: Option<Id>) -> ItemResult {
        let status = problem.status.as_u16();
        let problem = Some(ItemProblem(problem.members()));
        ItemResult {
            status,
            id,
            version: None,
            problem,
            stored: None,
            warnings: Vec::new(),
            named_here: false,
        }
    }

    pub fn is_refused(&self) -> bool {
        self.problem.is_some()
    }

    pub fn code(&self) -> Option<&str> {
        self.problem.as_ref().and_then(|ItemProblem(members)| members.get("code")).and_then(Value::as_str)
    }
}

/// A batch that was carried out, to be answered the same again. Of its records nothing is kept here.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = batches)]
pub struct SentBatch {
    pub id: Id,
    pub person_id: Id,
    pub digest: Vec<u8>,
    pub written: bool,
    pub results: Json<Vec<ItemResult>>,
    pub created_at: Instant,
}
