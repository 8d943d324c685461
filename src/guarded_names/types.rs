//! A name that a network looks for, as it is stored and sent, and the body that adds one.

use crate::clock::Instant;
use crate::db::schema::guarded_names;
use crate::http::body::Input;
use crate::http::text::ProperName;
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;

/// A name that must not stand in the network's texts. It is personal data itself: coordinators alone read it.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = guarded_names, treat_none_as_default_value = false)]
pub struct GuardedName {
    pub id: Id,
    pub network_id: Id,
    pub name: String,
    pub created_by: Id,
    pub created_at: Instant,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for GuardedName {
    const KIND: &'static str = "guarded_name";
    const PATH: &'static str = "guarded-names";

    fn id(&self) -> Id {
        self.id
    }
    /// It never changes: it is there or not.
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

/// The body that adds a name.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GuardedNameCreate {
    pub id: Option<Id>,
    pub name: ProperName,
}

impl Input for GuardedNameCreate {
    fn example() -> Value {
        json!({"name": "Voorbeeld van den Berg"})
    }
}
