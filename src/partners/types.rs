//! A partner as it is stored and sent, and the bodies that make and change it.

use crate::clock::Instant;
use crate::db::schema::partners;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::Nullable;
use crate::ids::Id;
use crate::record::Record;
use crate::term;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// What an organisation is to a network. `lead` (penvoerder) answers for it towards others, one at a time; a `participant`
/// (uitvoerder) takes part in the work, a `funder` (financier) pays for it, a `knowledge` partner (kennispartner) brings
/// knowledge in or studies what happens.
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
pub enum PartnerRole {
    Lead,
    Participant,
    Funder,
    Knowledge,
    Other,
}
crate::text_enum!(PartnerRole);

/// An organisation that stands behind a network, in a role, for a time. Those that have ended stay: the terms of the
/// role `lead` are the history of who led when.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = partners, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Partner {
    pub id: Id,
    pub network_id: Id,
    pub organisation_id: Id,
    pub role: PartnerRole,
    pub starts_at: Instant,
    pub ends_at: Option<Instant>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Partner {
    const KIND: &'static str = "partner";
    const PATH: &'static str = "partners";

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

/// The body that takes an organisation on as a partner.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PartnerCreate {
    pub id: Option<Id>,
    pub organisation_id: Id,
    pub role: PartnerRole,
    /// Now by default.
    pub starts_at: Option<Instant>,
    pub ends_at: Option<Instant>,
}

impl Input for PartnerCreate {
    fn example() -> Value {
        json!({"organisationId": "01890a5d-ac96-774b-bcce-b302099a8057", "role": "lead"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        term::ends_after_start(self.starts_at, self.ends_at, faults);
    }
}

/// A merge patch of a partner. Another role is another partnership: end this one and begin that.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PartnerPatch {
    /// Null takes a planned end back.
    pub ends_at: Nullable<Instant>,
}

impl Input for PartnerPatch {
    fn example() -> Value {
        json!({"endsAt": "2027-01-01T00:00:00Z"})
    }
}

/// What the list of partners can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PartnerFilter {
    pub role: Option<PartnerRole>,
    pub organisation_id: Option<Id>,
}

impl Input for PartnerFilter {
    fn example() -> Value {
        json!({"role": "lead"})
    }
}
