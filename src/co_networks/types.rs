//! A network's part in a cycle of another one, as stored and as sent, and the bodies that make and change it.

use crate::clock::Instant;
use crate::cycles::types::Phase;
use crate::db::schema::co_networks;
use crate::error::FieldError;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Reason, Set};
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// Where a network stands towards a cycle of another: `invited → accepted` or `declined`, `ended` by either side.
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
pub enum CoNetworkState {
    Invited,
    Accepted,
    Declined,
    Ended,
}
crate::text_enum!(CoNetworkState);

/// A co-network as stored.
#[derive(Clone, Debug, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = co_networks, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct CoNetworkRow {
    pub id: Id,
    pub network_id: Id,
    pub cycle_id: Id,
    pub co_network_id: Id,
    pub state: CoNetworkState,
    pub reason: Option<String>,
    pub agreed_to_close_at: Option<Instant>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    pub digest: Vec<u8>,
}

impl CoNetworkRow {
    pub fn shown(self, co_network_name: String) -> CoNetwork {
        CoNetwork {
            id: self.id,
            network_id: self.network_id,
            cycle_id: self.cycle_id,
            co_network_id: self.co_network_id,
            co_network_name,
            state: self.state,
            reason: self.reason,
            agreed_to_close_at: self.agreed_to_close_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
            digest: self.digest,
        }
    }
}

/// A network that takes part in a cycle of another one, which is then a joint cycle. While it is `accepted`, its members
/// take part in that cycle with their own role, and see nothing else of the other network.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CoNetwork {
    pub id: Id,
    /// The cycle's own network.
    pub network_id: Id,
    pub cycle_id: Id,
    pub co_network_id: Id,
    pub co_network_name: String,
    pub state: CoNetworkState,
    /// Why it was invited, declined or ended: the last of these.
    pub reason: Option<String>,
    /// Since when the co-network agrees that the cycle ends. Null again when the cycle moves to another phase.
    pub agreed_to_close_at: Option<Instant>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for CoNetwork {
    const KIND: &'static str = "co_network";
    const PATH: &'static str = "co-networks";

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
    fn cycle_id(&self) -> Option<Id> {
        Some(self.cycle_id)
    }
}

/// The same as told in the co-network's own stream of changes.
#[derive(Serialize)]
pub struct JointCycleChange {
    id: Id,
    /// The co-network.
    network_id: Id,
    version: i32,
}

impl From<&CoNetwork> for JointCycleChange {
    fn from(co_network: &CoNetwork) -> JointCycleChange {
        JointCycleChange {
            id: co_network.id,
            network_id: co_network.co_network_id,
            version: co_network.version,
        }
    }
}

impl Record for JointCycleChange {
    const KIND: &'static str = "joint_cycle";
    const PATH: &'static str = CoNetwork::PATH;

    fn id(&self) -> Id {
        self.id
    }
    fn version(&self) -> i32 {
        self.version
    }
    fn digest(&self) -> &[u8] {
        &[]
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
}

/// A cycle of another network, as the co-network lists it. It counts there, not here.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable)]
#[serde(rename_all = "camelCase")]
pub struct JointCycle {
    /// The co-network record to answer or to end it by.
    pub co_network_record_id: Id,
    pub cycle_id: Id,
    /// The cycle's own network.
    pub network_id: Id,
    pub network_name: String,
    pub learning_question: String,
    pub phase: Phase,
    pub state: CoNetworkState,
    pub created_at: Instant,
}

/// The body that invites a network to a cycle.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CoNetworkCreate {
    pub id: Option<Id>,
    /// The network to invite; it need not be one that the caller sees.
    pub co_network_id: Id,
    pub reason: Option<Reason>,
}

impl Input for CoNetworkCreate {
    fn example() -> Value {
        json!({
            "coNetworkId": "01890a5d-ac96-774b-bcce-b302099a8057",
            "reason": "Jullie horen in Wijchen dezelfde vraag; laten we samen optrekken.",
        })
    }
}

/// A merge patch of a co-network: whether it agrees that the cycle is closed or abandoned now.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CoNetworkPatch {
    pub agrees_to_close: Set<bool>,
}

impl Input for CoNetworkPatch {
    fn example() -> Value {
        json!({"agreesToClose": true})
    }
}

/// Where a co-network can be moved to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CoNetworkMove {
    Accepted,
    Declined,
    Ended,
}

impl From<CoNetworkMove> for CoNetworkState {
    fn from(to: CoNetworkMove) -> CoNetworkState {
        match to {
            CoNetworkMove::Accepted => CoNetworkState::Accepted,
            CoNetworkMove::Declined => CoNetworkState::Declined,
            CoNetworkMove::Ended => CoNetworkState::Ended,
        }
    }
}

/// The body that answers an invitation or ends a co-network's part.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CoNetworkTransition {
    pub id: Option<Id>,
    pub to: CoNetworkMove,
    /// Needed for `declined` and `ended`.
    pub reason: Option<Reason>,
    pub happened_at: Option<HappenedAt>,
}

impl Input for CoNetworkTransition {
    fn example() -> Value {
        json!({"to": "accepted"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if self.to != CoNetworkMove::Accepted && self.reason.is_none() {
            let detail = "A reason is needed to decline or to end.";
            faults.push(FieldError::new("/reason", "required", detail));
        }
    }
}

/// What a list of joint cycles can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct JointCycleFilter {
    pub state: Option<CoNetworkState>,
}

impl Input for JointCycleFilter {
    fn example() -> Value {
        json!({})
    }
}
