//! A network as it is stored and sent, and the bodies that make and change it.

use crate::clock::{Day, Instant};
use crate::db::schema::networks;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Few, Name, Nullable, ProperName, Reason, Set};
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// What kind of group learns together.
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
pub enum NetworkKind {
    Team,
    Group,
    Organisation,
    CitizensInitiative,
    Community,
}

/// An archived network is read and takes no changes.
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
pub enum NetworkState {
    Active,
    Archived,
}
crate::text_enum!(NetworkKind, NetworkState);

/// A time in which a network rests, such as a summer: ages of what is open can be shown with and without.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pause {
    pub starts_on: Day,
    /// The last day, itself included.
    pub ends_on: Day,
    pub label: Option<Name>,
}

/// A team, group, organisation, citizens' initiative or community that learns together.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = networks, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Network {
    pub id: Id,
    pub name: String,
    pub kind: NetworkKind,
    /// The network it is part of; access is not inherited along it.
    pub parent_id: Option<Id>,
    pub locality: Option<String>,
    pub description: Option<String>,
    pub pauses: Json<Vec<Pause>>,
    pub state: NetworkState,
    pub state_reason: Option<String>,
    /// The network that an archived one went into.
    pub successor_id: Option<Id>,
    /// Whether what happens here is told to the learning record store that the server names, if it names one.
    pub forwards_to_lrs: bool,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Network {
    const KIND: &'static str = "network";
    const PATH: &'static str = "networks";

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
        self.id
    }
}

pub type Pauses = Few<Pause, 0, 20>;

/// The body that makes a network; its maker becomes its first coordinator.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NetworkCreate {
    pub id: Option<Id>,
    pub name: ProperName,
    pub kind: NetworkKind,
    pub locality: Option<Name>,
    pub parent_id: Option<Id>,
    pub description: Option<Reason>,
    pub pauses: Option<Pauses>,
}

impl Input for NetworkCreate {
    fn example() -> Value {
        json!({"name": "Samen tegen eenzaamheid", "kind": "community", "locality": "Heumen"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        pauses_are_forward(self.pauses.as_deref().unwrap_or_default(), faults);
    }
}

/// A merge patch of a network.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct NetworkPatch {
    pub name: Set<ProperName>,
    pub kind: Set<NetworkKind>,
    pub locality: Nullable<Name>,
    pub description: Nullable<Reason>,
    pub pauses: Set<Pauses>,
    /// Whether what happens here, and what was written before, is told as xAPI statements to the learning record store
    /// that the server names. By default it is not.
    pub forwards_to_lrs: Set<bool>,
}

impl Input for NetworkPatch {
    fn example() -> Value {
        json!({"pauses": [{"startsOn": "2026-07-13", "endsOn": "2026-08-23", "label": "zomer"}]})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        pauses_are_forward(self.pauses.0.as_deref().unwrap_or_default(), faults);
    }
}

fn pauses_are_forward(pauses: &[Pause], faults: &mut Vec<FieldError>) {
    for (index, _) in pauses.iter().enumerate().filter(|(_, pause)| pause.ends_on < pause.starts_on) {
        faults.push(FieldError::new(
            format!("/pauses/{index}/endsOn"),
            "inconsistent",
            "Must not lie before startsOn.",
        ));
    }
}

/// The body that archives a network or takes it up again.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NetworkTransition {
    pub id: Option<Id>,
    pub to: NetworkState,
    pub reason: Reason,
    /// With `archived`: the network that carries on, which I coordinate too. Networks that merge name the same one.
    pub successor_id: Option<Id>,
    pub happened_at: Option<HappenedAt>,
}

impl Input for NetworkTransition {
    fn example() -> Value {
        json!({"to": "archived", "reason": "Het netwerk is opgegaan in de wijkteams."})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if self.to == NetworkState::Active && self.successor_id.is_some() {
            let detail = "Only an archived network has a successor.";
            faults.push(FieldError::new("/successorId", "inconsistent", detail));
        }
    }
}

/// The body that moves a network, with what lies below it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NetworkMove {
    /// The network to lie below, which I coordinate; none or null for the top, where an administrator puts it.
    pub parent_id: Option<Id>,
}

impl Input for NetworkMove {
    fn example() -> Value {
        json!({"parentId": "01890a5d-ac96-774b-bcce-b302099a8057"})
    }
}
