//! An organisation as it is stored and sent, and the bodies that make and change it.

use crate::clock::Instant;
use crate::db::schema::organisations;
use crate::http::body::Input;
use crate::http::text::{Name, Nullable, ProperName, Set};
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// What an organisation is.
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
pub enum OrganisationKind {
    Municipality,
    Education,
    Welfare,
    Care,
    KnowledgeInstitute,
    CitizensInitiative,
    Other,
}
crate::text_enum!(OrganisationKind);

/// A partner in learning.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = organisations, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Organisation {
    pub id: Id,
    pub name: String,
    pub kind: OrganisationKind,
    pub locality: Option<String>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Organisation {
    const KIND: &'static str = "organisation";
    const PATH: &'static str = "organisations";

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
        Id::NIL
    }
}

/// The body that makes an organisation.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrganisationCreate {
    pub id: Option<Id>,
    pub name: ProperName,
    pub kind: OrganisationKind,
    pub locality: Option<Name>,
}

impl Input for OrganisationCreate {
    fn example() -> Value {
        json!({"name": "Welzijn De Verbinding (voorbeeld)", "kind": "welfare", "locality": "Heumen"})
    }
}

/// A merge patch of an organisation.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct OrganisationPatch {
    pub name: Set<ProperName>,
    pub kind: Set<OrganisationKind>,
    pub locality: Nullable<Name>,
}

impl Input for OrganisationPatch {
    fn example() -> Value {
        json!({"locality": "Venlo"})
    }
}
