//! A warning as it is stored and sent: what may tell who somebody is, and where, and never what stands there.

use crate::clock::Instant;
use crate::db::schema::privacy_warnings;
use crate::http::body::{HappenedAt, Input};
use crate::identifiers::{Certainty, IdentifierKind};
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// Where a warning stands.
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
pub enum WarningState {
    Open,
    /// Somebody looked, and it may stand.
    Confirmed,
    /// The text was changed, and no longer has it.
    Resolved,
}
crate::text_enum!(WarningState);

/// Something in a stored text that may tell who somebody is. What it is stands in the text alone.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = privacy_warnings, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct PrivacyWarning {
    pub id: Id,
    pub network_id: Id,
    pub cycle_id: Option<Id>,
    /// The kind of record that has the text, as the change log calls it.
    #[schemars(length(max = 50))]
    pub subject_kind: String,
    pub subject_id: Id,
    /// Where the text stood in the body that it was sent in, as a JSON pointer (RFC 6901): `/reason` is that of a move.
    pub pointer: String,
    pub kind: IdentifierKind,
    pub certainty: Certainty,
    /// Where in the text it begins, in Unicode scalars of the text as it is stored.
    #[serde(rename = "offset")]
    #[schemars(range(min = 0))]
    pub starts: i32,
    /// How long it is, in Unicode scalars.
    #[schemars(range(min = 1))]
    pub length: i32,
    /// One byte of a keyed digest, by which something else in its place is told; gone once it is resolved.
    #[serde(skip)]
    #[schemars(skip)]
    pub trace: Option<i32>,
    pub state: WarningState,
    /// Its record is visible to its author alone, and so is this.
    #[serde(skip)]
    #[schemars(skip)]
    pub private: bool,
    /// Who wrote the text.
    pub author_id: Id,
    pub confirmed_by: Option<Id>,
    pub confirmed_at: Option<Instant>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
}

impl Record for PrivacyWarning {
    const KIND: &'static str = "privacy_warning";
    const PATH: &'static str = "privacy-warnings";

    fn id(&self) -> Id {
        self.id
    }
    fn version(&self) -> i32 {
        self.version
    }
    /// No client creates one.
    fn digest(&self) -> &[u8] {
        &[]
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
    fn cycle_id(&self) -> Option<Id> {
        self.cycle_id
    }
    fn is_private(&self) -> bool {
        self.private
    }
}

/// The only move that a warning is given; that it is resolved shows by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmedOnly {
    Confirmed,
}

/// The body that confirms a warning: what it points at was looked at, and may stand.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PrivacyWarningTransition {
    pub id: Option<Id>,
    pub to: ConfirmedOnly,
    pub happened_at: Option<HappenedAt>,
}

impl Input for PrivacyWarningTransition {
    fn example() -> Value {
        json!({"to": "confirmed"})
    }
}

/// What a list of warnings can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PrivacyWarningFilter {
    pub state: Option<WarningState>,
    /// Those of this record.
    pub subject_id: Option<Id>,
}

impl Input for PrivacyWarningFilter {
    fn example() -> Value {
        json!({})
    }
}
