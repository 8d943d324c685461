//! An approach and its versions as they are stored and sent, and the bodies that make and change them.

use crate::clock::Instant;
use crate::cycles::types::Phase;
use crate::db::schema::{approach_versions, approaches};
use crate::db::types::Json;
use crate::http::body::Input;
use crate::http::text::{Few, Name, Prose, Set};
use crate::ids::Id;
use crate::insights::types::Verdicts;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;

/// A way of working (aanpak) that a network develops. How it is done is told by its versions (doorontwikkeling).
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = approaches, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Approach {
    pub id: Id,
    pub network_id: Id,
    pub title: String,
    /// What it is for, whatever its version.
    pub description: String,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Approach {
    const KIND: &'static str = "approach";
    const PATH: &'static str = "approaches";

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

/// An approach as it was done from some time on. It stays as it is, since cycles have tried it so: what is done
/// otherwise is the next version.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = approach_versions, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct ApproachVersion {
    pub id: Id,
    pub network_id: Id,
    pub approach_id: Id,
    /// 1 for the first, without gaps.
    pub number: i32,
    pub text: String,
    /// The insights, of this network or others, that changed it.
    pub insight_ids: Json<Vec<Id>>,
    pub created_by: Id,
    pub created_at: Instant,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for ApproachVersion {
    const KIND: &'static str = "approach_version";
    const PATH: &'static str = "approach-versions";

    fn id(&self) -> Id {
        self.id
    }
    /// It never changes.
    fn version(&self) -> i32 {
        1
    }
    fn digest(&self) -> &[u8] {
        &self.digest
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
}

/// What came of a version: the cycles that tried it, and how their actions were judged.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApproachOutcome {
    pub approach_version_id: Id,
    pub number: i32,
    pub created_at: Instant,
    /// Newest first.
    pub cycles: Vec<TryingCycle>,
    /// Of the evaluations of these cycles' actions, the withdrawn ones left out.
    pub verdicts: Verdicts,
}

/// A cycle that tried a version.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TryingCycle {
    pub cycle_id: Id,
    pub phase: Phase,
    pub learning_question: String,
    pub closed_at: Option<Instant>,
}

/// The body that describes an approach.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApproachCreate {
    pub id: Option<Id>,
    pub title: Name,
    pub description: Prose,
}

impl Input for ApproachCreate {
    fn example() -> Value {
        json!({"title": "Koffie op de stoep", "description": "Bewoners ontmoeten voordat zij iets hoeven te vragen."})
    }
}

/// A merge patch of an approach.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ApproachPatch {
    pub title: Set<Name>,
    pub description: Set<Prose>,
}

impl Input for ApproachPatch {
    fn example() -> Value {
        json!({"title": "Koffie op het plein"})
    }
}

/// The body that adds the next version of an approach.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApproachVersionCreate {
    pub id: Option<Id>,
    /// How it is done from now on.
    pub text: Prose,
    /// The shared insights that changed it, each visible to the caller.
    pub insight_ids: Option<Few<Id, 0, 20>>,
}

impl Input for ApproachVersionCreate {
    fn example() -> Value {
        json!({
            "text": "Elke dinsdag staat de koffiekar buiten, met steeds dezelfde twee mensen.",
            "insightIds": ["01890a5d-ac96-774b-bcce-b302099a8057"]
        })
    }
}
