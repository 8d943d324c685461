//! What a network has done with texts that tell who somebody is, as it is stored and sent.

use crate::clock::Instant;
use crate::db::schema::privacy_policies;
use crate::http::body::Input;
use crate::http::text::Set;
use crate::identifiers::{Certainty, Finding, IdentifierKind};
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use strum::{EnumString, IntoStaticStr};

/// What becomes of a text in which something is found for sure.
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
pub enum Handling {
    /// It is not stored.
    Refuse,
    /// It is stored, and its author is warned.
    Warn,
    /// It is stored with a word for what stood there.
    Redact,
}
crate::text_enum!(Handling);

/// What becomes of a citizen service number: it cannot be chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlwaysRefused {
    Refuse,
}

/// What becomes of texts in which something is found for sure, by its kind. What only may be something is always stored, with
/// a warning.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = privacy_policies, primary_key(network_id), treat_none_as_default_value = false)]
pub struct PolicyRow {
    pub network_id: Id,
    pub iban: Handling,
    pub email: Handling,
    pub phone: Handling,
    pub address: Handling,
    pub birth_date: Handling,
    pub name: Handling,
    pub updated_at: Instant,
    pub version: i32,
}

/// What becomes of texts in which something is found for sure, by its kind. What only may be something is always stored, with
/// a warning. A network that said nothing refuses them all.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PrivacyPolicy {
    pub network_id: Id,
    /// Citizen service numbers are always refused.
    pub bsn: AlwaysRefused,
    pub iban: Handling,
    pub email: Handling,
    pub phone: Handling,
    /// A postcode with a house number.
    pub address: Handling,
    pub birth_date: Handling,
    /// The names that the network keeps a list of.
    pub name: Handling,
    /// Null where the network has changed nothing.
    pub updated_at: Option<Instant>,
    pub version: i32,
}

impl PolicyRow {
    /// What holds where a network said nothing.
    pub fn usual(network_id: Id, now: Instant) -> PolicyRow {
        use Handling::Refuse;
        PolicyRow {
            network_id,
            iban: Refuse,
            email: Refuse,
            phone: Refuse,
            address: Refuse,
            birth_date: Refuse,
            name: Refuse,
            updated_at: now,
            version: 1,
        }
    }

    /// What becomes of a text with such a finding.
    pub fn handling(&self, finding: &Finding) -> Handling {
        match (finding.certainty, finding.kind) {
            (Certainty::Weak, _) => Handling::Warn,
            (Certainty::Strong, IdentifierKind::Bsn) => Handling::Refuse,
            (Certainty::Strong, IdentifierKind::Iban) => self.iban,
            (Certainty::Strong, IdentifierKind::Email) => self.email,
            (Certainty::Strong, IdentifierKind::Phone) => self.phone,
            (Certainty::Strong, IdentifierKind::Address) => self.address,
            (Certainty::Strong, IdentifierKind::BirthDate) => self.birth_date,
            (Certainty::Strong, IdentifierKind::Name) => self.name,
        }
    }
}

impl From<&PolicyRow> for PrivacyPolicy {
    fn from(row: &PolicyRow) -> PrivacyPolicy {
        PrivacyPolicy {
            network_id: row.network_id,
            bsn: AlwaysRefused::Refuse,
            iban: row.iban,
            email: row.email,
            phone: row.phone,
            address: row.address,
            birth_date: row.birth_date,
            name: row.name,
            updated_at: (row.version > 1).then_some(row.updated_at),
            version: row.version,
        }
    }
}

impl Record for PrivacyPolicy {
    const KIND: &'static str = "privacy_policy";
    const PATH: &'static str = "privacy-policies";

    fn id(&self) -> Id {
        self.network_id
    }
    fn version(&self) -> i32 {
        self.version
    }
    /// It is never created.
    fn digest(&self) -> &[u8] {
        &[]
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
}

/// A merge patch of what becomes of texts.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PrivacyPolicyPatch {
    /// May be sent along, and is always the same.
    pub bsn: Set<AlwaysRefused>,
    pub iban: Set<Handling>,
    pub email: Set<Handling>,
    pub phone: Set<Handling>,
    pub address: Set<Handling>,
    pub birth_date: Set<Handling>,
    pub name: Set<Handling>,
}

impl Input for PrivacyPolicyPatch {
    fn example() -> Value {
        json!({"phone": "redact", "name": "warn"})
    }
}
