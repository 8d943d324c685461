//! An entry of a theme's dossier as it is stored and sent, and the bodies that make and change it.

use crate::clock::Instant;
use crate::db::schema::dossier_entries;
use crate::error::FieldError;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Name, Prose, Reason, Set};
use crate::ids::Id;
use crate::people::types::Locale;
use crate::record::Record;
use diesel::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use std::borrow::Cow;
use strum::{EnumString, IntoStaticStr};

/// `proposed` it waits for a second person; `approved` its text is fixed, and public as long as its insight is shared with
/// everyone; `declined` it never was public; `withdrawn` it is no longer.
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
pub enum EntryState {
    Proposed,
    Approved,
    Declined,
    Withdrawn,
}
crate::text_enum!(EntryState);

/// A text for the public, drawn from an insight, with those who answer for it: for the members of its network.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = dossier_entries, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct DossierEntry {
    pub id: Id,
    pub network_id: Id,
    pub insight_id: Id,
    /// The theme in whose dossier it stands, and in those of the broader ones.
    pub theme_id: Id,
    pub language: Locale,
    pub title: String,
    /// CommonMark.
    pub text: String,
    pub state: EntryState,
    /// Why it was declined or withdrawn.
    pub state_reason: Option<String>,
    /// The second person.
    pub approved_by: Option<Id>,
    /// When it was approved, by the server's clock; it stays when the entry is withdrawn.
    pub approved_at: Option<Instant>,
    /// The person who put it forward.
    #[serde(rename = "proposedBy")]
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for DossierEntry {
    const KIND: &'static str = "dossier_entry";
    const PATH: &'static str = "dossier-entries";

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

/// The statement that nothing in a text leads to a person: no name, and no telling detail. It is true or not made.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(into = "bool")]
pub struct DeIdentified;

impl From<DeIdentified> for bool {
    fn from(_: DeIdentified) -> bool {
        true
    }
}

impl<'de> Deserialize<'de> for DeIdentified {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<DeIdentified, D::Error> {
        if bool::deserialize(deserializer)? { Ok(DeIdentified) } else { Err(D::Error::custom(NOT_STATED)) }
    }
}

impl JsonSchema for DeIdentified {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "DeIdentified".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "boolean", "const": true})
    }
}

const NOT_STATED: &str = "State that nothing in it leads to a person.";

/// The body that puts an entry forward.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DossierEntryCreate {
    pub id: Option<Id>,
    pub theme_id: Id,
    pub language: Locale,
    pub title: Name,
    /// CommonMark. HTML in it is shown as text, pictures are left out, and links lead to `https:` or `http:`.
    pub text: Prose,
    /// The proposer states that nothing in title and text leads to a person.
    pub de_identified: DeIdentified,
}

impl Input for DossierEntryCreate {
    fn example() -> Value {
        json!({
            "themeId": "01890a5d-ac96-774b-bcce-b302099a8057",
            "language": "nl",
            "title": "De drempel ligt bij de deur",
            "text": "Wie **buiten** wordt aangesproken, komt vaker binnen dan wie een uitnodiging krijgt.",
            "deIdentified": true
        })
    }
}

/// A merge patch of an entry that waits.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct DossierEntryPatch {
    pub theme_id: Set<Id>,
    pub language: Set<Locale>,
    pub title: Set<Name>,
    pub text: Set<Prose>,
    /// Needed where title or text changes: the statement is about the new words.
    pub de_identified: Set<DeIdentified>,
}

impl Input for DossierEntryPatch {
    fn example() -> Value {
        json!({"title": "De drempel ligt bij de voordeur", "deIdentified": true})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        let new_words = self.title.0.is_some() || self.text.0.is_some();
        if new_words && self.de_identified.0.is_none() {
            faults.push(FieldError::new("/deIdentified", "required", NOT_STATED));
        }
    }
}

/// What an entry can be moved to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum EntryMove {
    Approved,
    Declined,
    Withdrawn,
}

/// The body that approves, declines or withdraws an entry.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DossierEntryTransition {
    pub id: Option<Id>,
    pub to: EntryMove,
    /// Needed for `declined` and `withdrawn`.
    pub reason: Option<Reason>,
    /// Needed for `approved`: the approver states the same.
    pub de_identified: Option<DeIdentified>,
    pub happened_at: Option<HappenedAt>,
}

impl Input for DossierEntryTransition {
    fn example() -> Value {
        json!({"to": "approved", "deIdentified": true})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        match (self.to, self.de_identified) {
            (EntryMove::Approved, None) => {
                faults.push(FieldError::new("/deIdentified", "required", NOT_STATED));
            }
            (EntryMove::Declined | EntryMove::Withdrawn, Some(_)) => {
                faults.push(FieldError::new("/deIdentified", "inconsistent", "Only who approves states it."));
            }
            _ => {}
        }
        if self.to != EntryMove::Approved && self.reason.is_none() {
            faults.push(FieldError::new("/reason", "required", "A reason is needed."));
        }
    }
}

/// What the list of a network's entries can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DossierEntryFilter {
    /// By default those that are proposed or approved.
    pub state: Option<EntryState>,
    pub theme_id: Option<Id>,
    pub insight_id: Option<Id>,
}

impl Input for DossierEntryFilter {
    fn example() -> Value {
        json!({"state": "proposed"})
    }
}
