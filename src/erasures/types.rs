//! An erasure as it is stored and sent, and the bodies that ask for one.

use crate::clock::Instant;
use crate::db::schema::erasures;
use crate::db::types::Json;
use crate::http::body::Input;
use crate::ids::Id;
use crate::record::Record;
use crate::removal::types::KindCount;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// Of whom something was erased.
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
pub enum ErasureSubject {
    Pseudonym,
    Person,
}
crate::text_enum!(ErasureSubject);

/// Why something is erased, in the words of the GDPR's article 17(1): it is `no_longer_needed` (a); `consent_withdrawn` (b);
/// somebody has `objected` (c); it was `unlawful` (d); a law obliges (`legal_obligation`, e).
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
pub enum ErasureCause {
    NoLongerNeeded,
    ConsentWithdrawn,
    Objected,
    Unlawful,
    LegalObligation,
}
crate::text_enum!(ErasureCause);

/// What kind of receiver was told of records.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReceiverKind {
    /// A webhook of the network.
    Webhook,
    /// The learning record store that the server forwards to.
    LearningRecordStore,
    /// A network that takes part in a cycle.
    Network,
    /// The public dossier of a theme.
    Theme,
}

/// Somebody outside who may have been told of what was erased, and is to be asked to erase it as well (article 19).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Receiver {
    pub kind: ReceiverKind,
    /// Of the webhook, the network or the theme; null for the learning record store.
    pub id: Option<Id>,
}

/// What was erased: of whom, why, by whom and how much. It has no content, and never changes.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = erasures, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Erasure {
    pub id: Id,
    /// The network of the pseudonym. That of a person belongs to none, and has the nil UUID here.
    pub network_id: Id,
    pub subject: ErasureSubject,
    pub subject_id: Id,
    /// Of a person: whether what they wrote was erased as well.
    pub with_records: bool,
    pub cause: ErasureCause,
    /// How many records of each kind. Those that were unlinked stayed; whoever knows them reads whether they still speak of
    /// the one who was erased.
    pub counts: Json<Vec<KindCount>>,
    /// Who outside may have been told before.
    pub told: Json<Vec<Receiver>>,
    pub created_by: Option<Id>,
    pub created_at: Instant,
    /// When it was carried out again, since a backup had been put back.
    pub replayed_at: Option<Instant>,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Erasure {
    const KIND: &'static str = "erasure";
    const PATH: &'static str = "erasures";

    fn id(&self) -> Id {
        self.id
    }
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

/// The body that erases a pseudonym.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ErasureCreate {
    pub id: Option<Id>,
    pub pseudonym_id: Id,
    pub cause: ErasureCause,
    /// Only tells the counts: nothing is erased, and nothing is kept of the asking.
    pub dry_run: Option<bool>,
}

impl Input for ErasureCreate {
    fn example() -> Value {
        json!({"pseudonymId": "01890a5d-ac96-774b-bcce-b302099a8057", "cause": "consent_withdrawn", "dryRun": true})
    }
}

/// The body that erases a person.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonErasureCreate {
    pub id: Option<Id>,
    pub person_id: Id,
    pub cause: ErasureCause,
    /// Erases what they wrote as well. Without it their notes stay practice of their networks, by nobody.
    pub with_records: Option<bool>,
    /// Only tells the counts: nothing is erased, and nothing is kept of the asking.
    pub dry_run: Option<bool>,
}

impl Input for PersonErasureCreate {
    fn example() -> Value {
        json!({"personId": "01890a5d-ac96-774b-bcce-b302099a8057", "cause": "no_longer_needed", "dryRun": true})
    }
}
