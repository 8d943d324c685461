//! A participant as stored and as sent, and the bodies that make and change it.

use crate::access::Role;
use crate::clock::Instant;
use crate::db::schema::participants;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::{Nullable, Reason, Set};
use crate::ids::Id;
use crate::record::Record;
use crate::term;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;

/// A participant as stored.
#[derive(Clone, Debug, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = participants, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct ParticipantRow {
    pub id: Id,
    pub network_id: Id,
    pub cycle_id: Id,
    pub person_id: Id,
    pub role: Role,
    pub starts_at: Instant,
    pub ends_at: Option<Instant>,
    pub reason: Option<String>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    pub digest: Vec<u8>,
}

impl ParticipantRow {
    pub fn shown(self, display_name: String) -> Participant {
        Participant {
            network_id: self.network_id,
            id: self.id,
            cycle_id: self.cycle_id,
            person_id: self.person_id,
            display_name,
            role: self.role,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            reason: self.reason,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
            digest: self.digest,
        }
    }
}

/// A guest in one cycle: somebody from another network, an outside facilitator, a citizen. They see this cycle and
/// nothing else of the network.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Participant {
    pub id: Id,
    pub network_id: Id,
    pub cycle_id: Id,
    pub person_id: Id,
    pub display_name: String,
    pub role: Role,
    pub starts_at: Instant,
    /// When access ends; the records stay.
    pub ends_at: Option<Instant>,
    /// Why they were let in.
    pub reason: Option<String>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Participant {
    const KIND: &'static str = "participant";
    const PATH: &'static str = "participants";

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

/// What a guest can be: everything but coordinator, which is a matter of the whole network.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GuestRole {
    Facilitator,
    Practitioner,
    ExperienceExpert,
    Reader,
}

impl From<GuestRole> for Role {
    fn from(role: GuestRole) -> Role {
        match role {
            GuestRole::Facilitator => Role::Facilitator,
            GuestRole::Practitioner => Role::Practitioner,
            GuestRole::ExperienceExpert => Role::ExperienceExpert,
            GuestRole::Reader => Role::Reader,
        }
    }
}

/// The body that lets somebody take part in a cycle.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ParticipantCreate {
    pub id: Option<Id>,
    pub person_id: Id,
    pub role: GuestRole,
    /// Now by default.
    pub starts_at: Option<Instant>,
    pub ends_at: Option<Instant>,
    /// Why; needed in a network that is archived.
    pub reason: Option<Reason>,
}

impl Input for ParticipantCreate {
    fn example() -> Value {
        json!({"personId": "01890a5d-ac96-774b-bcce-b302099a8057", "role": "experience_expert"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        term::ends_after_start(self.starts_at, self.ends_at, faults);
    }
}

/// A merge patch of a participant.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ParticipantPatch {
    pub role: Set<GuestRole>,
    pub ends_at: Nullable<Instant>,
}

impl Input for ParticipantPatch {
    fn example() -> Value {
        json!({"endsAt": "2026-07-01T00:00:00Z"})
    }
}
