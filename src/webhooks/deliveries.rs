//! Deliveries as they are stored and shown: what was told, when, and what the receiver made of it. Never what signs.

use crate::clock::Instant;
use crate::db::schema::{webhook_attempts, webhook_deliveries};
use crate::http::body::Input;
use crate::ids::Id;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use strum::{EnumString, IntoStaticStr};

/// Where a delivery stands: `waiting` for its first sending or its next, `delivered`, or `failed` for good.
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
pub enum DeliveryState {
    Waiting,
    Delivered,
    Failed,
}

/// What came of a sending. `delivered`: answered with 2xx. `redirected` (3xx), `gone` (410) and `refused` (any other
/// status) were answered too. `address_not_allowed`: the address, or each that the name stands for, may not be reached
/// from this server. `unreachable`: the name stands for nothing, nobody listens, or the certificate is not right.
/// `timed_out`, `broken`: no whole answer came. `unsigned`: no secret of the webhook can be read; give it a new one.
/// `expired`: what the record was like is not kept any more.
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
pub enum Outcome {
    Delivered,
    Redirected,
    Gone,
    Refused,
    AddressNotAllowed,
    Unreachable,
    TimedOut,
    Broken,
    Unsigned,
    Expired,
}
crate::text_enum!(DeliveryState, Outcome);

/// A delivery as it is stored.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = webhook_deliveries, treat_none_as_default_value = false)]
pub struct DeliveryRow {
    pub id: Id,
    pub network_id: Id,
    pub webhook_id: Id,
    /// The change's number in its network's stream; none for a test.
    pub number: Option<i64>,
    pub kind: String,
    pub state: DeliveryState,
    /// Sendings that failed, since it last began to wait.
    pub tries: i32,
    pub due_at: Instant,
    /// While an instance sends it: when that instance must have fallen over.
    pub held_until: Option<Instant>,
    pub created_at: Instant,
    pub delivered_at: Option<Instant>,
}

impl DeliveryRow {
    pub fn shown(self) -> WebhookDelivery {
        WebhookDelivery {
            next_attempt_at: (self.state == DeliveryState::Waiting).then_some(self.due_at),
            id: self.id,
            network_id: self.network_id,
            webhook_id: self.webhook_id,
            number: self.number,
            kind: self.kind,
            state: self.state,
            created_at: self.created_at,
            delivered_at: self.delivered_at,
        }
    }
}

/// Something that a webhook is told, or was. It is kept for 30 days.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebhookDelivery {
    /// Also the message's `webhook-id`, at every sending.
    pub id: Id,
    pub network_id: Id,
    pub webhook_id: Id,
    /// The change's number in its network's stream; null for a test.
    pub number: Option<i64>,
    /// What happened, such as `observation.created`; `webhook.ping` for a test.
    pub kind: String,
    pub state: DeliveryState,
    pub created_at: Instant,
    /// When it was first answered with 2xx.
    pub delivered_at: Option<Instant>,
    /// Null where it waits for nothing.
    pub next_attempt_at: Option<Instant>,
}

/// A delivery with its sendings.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebhookDeliveryDetail {
    #[serde(flatten)]
    pub delivery: WebhookDelivery,
    /// The newest first, 100 at most.
    pub attempts: Vec<WebhookAttempt>,
}

/// One sending. Neither what was sent nor what was answered is kept.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = webhook_attempts, treat_none_as_default_value = false)]
pub struct WebhookAttempt {
    pub id: Id,
    #[serde(skip)]
    #[schemars(skip)]
    pub network_id: Id,
    #[serde(skip)]
    #[schemars(skip)]
    pub delivery_id: Id,
    pub attempted_at: Instant,
    pub duration_ms: i32,
    /// The status of the answer; null where none came.
    pub status: Option<i32>,
    pub outcome: Outcome,
}

/// What the list of deliveries can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeliveryFilter {
    pub state: Option<DeliveryState>,
}

impl Input for DeliveryFilter {
    fn example() -> Value {
        json!({"state": "failed"})
    }
}
