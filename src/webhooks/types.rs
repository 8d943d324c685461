//! A webhook as it is stored and sent, and the bodies that make and change it.

use super::rules;
use crate::clock::Instant;
use crate::db::schema::webhooks;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::{Few, Nullable, Reason, Set, Token};
use crate::ids::Id;
use crate::privacy_warnings::rules::Subject;
use crate::record::{Record, Wrote};
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// Characters of an address at most.
pub const MAX_URL: usize = 2_000;

/// Whether a webhook is told of changes.
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
pub enum WebhookState {
    Enabled,
    Disabled,
}

/// Why a webhook is told nothing: `by_hand`; `gone`, since its receiver answered 410; `failing`, since for five days
/// nothing arrived.
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
pub enum DisabledReason {
    ByHand,
    Gone,
    Failing,
}
crate::text_enum!(WebhookState, DisabledReason);

/// An address outside that is told of a network's changes. Its secret is shown where it is made and nowhere else.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = webhooks, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Webhook {
    pub id: Id,
    pub network_id: Id,
    pub url: String,
    /// The kinds of changes that it is told of; see the body that makes it.
    pub kinds: Json<Vec<String>>,
    pub description: Option<String>,
    pub state: WebhookState,
    /// Null while it is enabled.
    pub disabled_reason: Option<DisabledReason>,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Webhook {
    const KIND: &'static str = "webhook";
    const PATH: &'static str = "webhooks";

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

/// A webhook as it was made. A type of its own, so that nothing but the answer to its maker can hold the secret.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewWebhook {
    #[serde(flatten)]
    pub webhook: Webhook,
    /// What its deliveries are signed with (Standard Webhooks: `whsec_` and base64). Shown in the first answer only; a
    /// lost one is replaced by `POST …/secret-rotations`.
    pub secret: Option<String>,
}

impl Record for NewWebhook {
    const KIND: &'static str = Webhook::KIND;
    const PATH: &'static str = Webhook::PATH;

    fn id(&self) -> Id {
        self.webhook.id
    }
    fn version(&self) -> i32 {
        self.webhook.version
    }
    fn digest(&self) -> &[u8] {
        &self.webhook.digest
    }
    fn network_id(&self) -> Id {
        self.webhook.network_id
    }
}

/// Which changes: `*` for all, `observation.*` for all of a kind of record, or one such as `observation.created`.
pub type Kinds = Few<Token<80>, 1, 50>;

/// The body that subscribes an address to a network's changes.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WebhookCreate {
    pub id: Option<Id>,
    /// `https`; `http` only towards networks that the operator of this server allows. Without user name, password and
    /// fragment, at port 80, 443 or one from 1024 on.
    pub url: Token<MAX_URL>,
    /// `*` for all changes, as by default; `observation.*` for all changes of observations; or one kind, such as
    /// `observation.created`.
    pub kinds: Option<Kinds>,
    pub description: Option<Reason>,
}

impl Input for WebhookCreate {
    fn example() -> Value {
        json!({
            "url": "https://hooks.example.org/feedbacklus",
            "kinds": ["observation.*", "cycle.created"],
            "description": "Het dashboard van de gemeente."
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        rules::well_formed(Some(&self.url), self.kinds.as_deref(), faults);
    }
}

/// A merge patch of a webhook.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct WebhookPatch {
    pub url: Set<Token<MAX_URL>>,
    pub kinds: Set<Kinds>,
    pub description: Nullable<Reason>,
    /// Enabled again, it is told what happened meanwhile, as far as that is at most 30 days ago.
    pub state: Set<WebhookState>,
}

impl Input for WebhookPatch {
    fn example() -> Value {
        json!({"state": "enabled", "kinds": ["*"]})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        rules::well_formed(self.url.0.as_deref(), self.kinds.0.as_deref(), faults);
    }
}

/// Hours that the former secret signs beside a new one, by default and at most.
const OVERLAP: u32 = 24;
const MOST_OVERLAP: u32 = 7 * 24;

/// The body that gives a webhook a new secret.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SecretRotationCreate {
    /// How long the former secrets sign beside the new one: 0 to 168, by default 24. With 0 they are void at once, as
    /// when one was stolen.
    #[schemars(range(min = 0, max = 168))]
    pub overlap_hours: Option<u32>,
}

impl SecretRotationCreate {
    pub fn overlap(&self) -> chrono::Duration {
        chrono::Duration::hours(i64::from(self.overlap_hours.unwrap_or(OVERLAP)))
    }
}

impl Input for SecretRotationCreate {
    fn example() -> Value {
        json!({"overlapHours": 24})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if self.overlap_hours.is_some_and(|hours| hours > MOST_OVERLAP) {
            let detail = format!("Must be a number from 0 to {MOST_OVERLAP}.");
            faults.push(FieldError::new("/overlapHours", "out_of_range", detail));
        }
    }
}

/// A new secret.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretRotation {
    /// Shown here only.
    pub secret: String,
    /// Until when the former secrets sign beside it.
    pub former_expire_at: Instant,
}

/// The webhook itself stays as it is, and nothing that is sent here is a text.
impl Wrote for SecretRotation {
    fn subject(&self) -> Option<Subject> {
        None
    }
}

/// The body that sends a test, or something once more: it says nothing yet.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Nothing {}

impl Input for Nothing {
    fn example() -> Value {
        json!({})
    }
}

/// How a webhook's deliveries fare.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebhookHealth {
    pub last_success_at: Option<Instant>,
    pub last_failure_at: Option<Instant>,
    /// Since when nothing arrived; null where the last sending did.
    pub failing_since_at: Option<Instant>,
    /// Deliveries that wait for their first sending or their next.
    pub waiting: i64,
    /// Changes of the network that were not looked at yet.
    pub behind: i64,
}
