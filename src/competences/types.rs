//! A competence as it is stored and sent, and the bodies that make and change it.

use crate::clock::Instant;
use crate::db::schema::competences;
use crate::http::body::Input;
use crate::http::text::{Name, Nullable, Reason, Set};
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;

/// What a professional can do: asked for by questions, held by people.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = competences, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Competence {
    pub id: Id,
    /// The network whose own it is; null for the whole server's.
    pub network_id: Option<Id>,
    pub name: String,
    pub description: Option<String>,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Competence {
    const KIND: &'static str = "competence";
    const PATH: &'static str = "competences";

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
        self.network_id.unwrap_or(Id::NIL)
    }
}

/// The body that adds a competence to the catalogue.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompetenceCreate {
    pub id: Option<Id>,
    pub name: Name,
    pub description: Option<Reason>,
}

impl Input for CompetenceCreate {
    fn example() -> Value {
        json!({"name": "Luisteren zonder op te lossen", "description": "Eerst horen wat iemand zelf wil."})
    }
}

/// A merge patch of a competence.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CompetencePatch {
    pub name: Set<Name>,
    pub description: Nullable<Reason>,
}

impl Input for CompetencePatch {
    fn example() -> Value {
        json!({"description": "Eerst horen wat iemand zelf wil, dan pas meedenken."})
    }
}

/// What the catalogue can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompetenceFilter {
    /// Those that are this network's own.
    pub network_id: Option<Id>,
}

impl Input for CompetenceFilter {
    fn example() -> Value {
        json!({})
    }
}
