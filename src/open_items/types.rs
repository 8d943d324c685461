//! An open end as it is sent, and what its lists can be narrowed to.

use crate::access::Role;
use crate::clock::Instant;
use crate::http::body::Input;
use crate::ids::Id;
use crate::loops::open_ends::Bond;
use crate::loops::rules::{OpenType, WaitingFor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// An open end of the loop: a record that waits for what would take it further.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenEnd {
    #[serde(rename = "type")]
    pub kind: OpenType,
    pub id: Id,
    pub network_id: Id,
    /// The cycle in whose report it is open: of an action that was carried along the latest. Null in the inbox.
    pub cycle_id: Option<Id>,
    /// When it happened.
    pub since: Instant,
    /// Calendar days since then, in Europe/Amsterdam.
    pub age_days: i64,
    /// How many of these days lie in pauses of the network: without them it is that much younger.
    pub paused_days: i64,
    pub waiting_for: WaitingFor,
    pub can_close: CanClose,
}

/// Who can bring it to an end as it stands: close the observation, finish or drop the action, tell the citizen. Whoever
/// may write in the cycle can take it further besides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CanClose {
    /// Whose it is, the owner of an action first, as long as they may still write there; nobody of a question.
    pub people: Vec<Closer>,
    /// Whoever has one of these roles where it lies. None, as of people, in an archived network.
    pub roles: Vec<Role>,
}

/// Somebody who can close it since it is theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Closer {
    pub person_id: Id,
    pub display_name: String,
    #[serde(rename = "as")]
    pub bond: Bond,
}

/// What a network's list can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenItemFilter {
    /// Open in this cycle, by its report.
    pub cycle_id: Option<Id>,
    #[serde(rename = "type")]
    pub kind: Option<OpenType>,
    pub waiting_for: Option<WaitingFor>,
    /// Actions that this person owns, and observations that they made.
    pub owner_id: Option<Id>,
    /// Open since before this moment.
    pub until: Option<Instant>,
}

impl Input for OpenItemFilter {
    fn example() -> Value {
        json!({"waitingFor": "evaluation"})
    }
}

/// By what something is mine to close.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CanCloseAs {
    /// It is mine: I own it or made it.
    Person,
    /// My role there lets me, whosever it is.
    Role,
}

/// What one's own list can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MyOpenItemFilter {
    /// By default either.
    pub can_close_as: Option<CanCloseAs>,
    pub network_id: Option<Id>,
    /// Open in this cycle, by its report.
    pub cycle_id: Option<Id>,
    #[serde(rename = "type")]
    pub kind: Option<OpenType>,
    pub waiting_for: Option<WaitingFor>,
    /// Open since before this moment.
    pub until: Option<Instant>,
}

impl Input for MyOpenItemFilter {
    fn example() -> Value {
        json!({"canCloseAs": "person"})
    }
}
