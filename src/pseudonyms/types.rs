//! A pseudonym as it is stored and sent, and the bodies that make and change it.

use crate::clock::Instant;
use crate::db::schema::pseudonyms;
use crate::http::body::Input;
use crate::http::text::{Name, Nullable};
use crate::ids::Id;
use crate::record::Record;
use crate::run::Create;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// An age in bands wide enough not to point at somebody.
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
pub enum AgeBand {
    #[serde(rename = "age_0_11")]
    #[strum(serialize = "age_0_11")]
    To11,
    #[serde(rename = "age_12_17")]
    #[strum(serialize = "age_12_17")]
    To17,
    #[serde(rename = "age_18_26")]
    #[strum(serialize = "age_18_26")]
    To26,
    #[serde(rename = "age_27_44")]
    #[strum(serialize = "age_27_44")]
    To44,
    #[serde(rename = "age_45_64")]
    #[strum(serialize = "age_45_64")]
    To64,
    #[serde(rename = "age_65_79")]
    #[strum(serialize = "age_65_79")]
    To79,
    #[serde(rename = "age_80_plus")]
    #[strum(serialize = "age_80_plus")]
    From80,
}
crate::text_enum!(AgeBand);

/// Somebody whom records of one network are about.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = pseudonyms, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Pseudonym {
    pub id: Id,
    pub network_id: Id,
    /// Made by the server, such as `P-7KQ2M`.
    pub label: String,
    pub age_band: Option<AgeBand>,
    /// A neighbourhood or village, never an address.
    pub area: Option<String>,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Pseudonym {
    const KIND: &'static str = "pseudonym";
    const PATH: &'static str = "pseudonyms";

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

/// The body that makes a pseudonym.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PseudonymCreate {
    pub id: Option<Id>,
    pub age_band: Option<AgeBand>,
    pub area: Option<Name>,
}

impl Create for PseudonymCreate {
    fn id(&self) -> Option<Id> {
        self.id
    }
}

impl Input for PseudonymCreate {
    fn example() -> Value {
        json!({"ageBand": "age_65_79", "area": "Heumen"})
    }
}

/// A merge patch of a pseudonym.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PseudonymPatch {
    pub age_band: Nullable<AgeBand>,
    pub area: Nullable<Name>,
}

impl Input for PseudonymPatch {
    fn example() -> Value {
        json!({"area": null})
    }
}
