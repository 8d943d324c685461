//! A membership as stored and as sent, and the bodies that make and change it.

use crate::access::Role;
use crate::clock::Instant;
use crate::db::schema::members;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::{Nullable, Set};
use crate::ids::Id;
use crate::people::types::PersonKind;
use crate::record::Record;
use crate::term;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;

/// A membership as stored.
#[derive(Clone, Debug, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = members, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct MemberRow {
    pub id: Id,
    pub network_id: Id,
    pub person_id: Id,
    pub role: Role,
    pub starts_at: Instant,
    pub ends_at: Option<Instant>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    pub digest: Vec<u8>,
}

impl MemberRow {
    pub fn is_active(&self, now: Instant) -> bool {
        self.starts_at <= now && self.ends_at.is_none_or(|end| now < end)
    }

    pub fn shown(self, display_name: String, kind: PersonKind) -> Member {
        Member {
            network_id: self.network_id,
            id: self.id,
            person_id: self.person_id,
            display_name,
            kind,
            role: self.role,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
            digest: self.digest,
        }
    }
}

/// A person in a network, with a role, for a time.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    pub id: Id,
    pub network_id: Id,
    pub person_id: Id,
    pub display_name: String,
    /// Whether the member is somebody, or the integration of an API key.
    pub kind: PersonKind,
    pub role: Role,
    pub starts_at: Instant,
    /// When access ends; the records stay.
    pub ends_at: Option<Instant>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Member {
    const KIND: &'static str = "member";
    const PATH: &'static str = "members";

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

/// The body that makes somebody a member, whom the coordinator can see already; others are invited.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MemberCreate {
    pub id: Option<Id>,
    pub person_id: Id,
    pub role: Role,
    /// Now by default.
    pub starts_at: Option<Instant>,
    pub ends_at: Option<Instant>,
}

impl Input for MemberCreate {
    fn example() -> Value {
        json!({"personId": "01890a5d-ac96-774b-bcce-b302099a8057", "role": "practitioner"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        term::ends_after_start(self.starts_at, self.ends_at, faults);
    }
}

/// A merge patch of a membership.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct MemberPatch {
    pub role: Set<Role>,
    /// Null takes a planned end back.
    pub ends_at: Nullable<Instant>,
}

impl Input for MemberPatch {
    fn example() -> Value {
        json!({"role": "facilitator"})
    }
}

/// Who takes over the open actions of somebody whose membership ends.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HandOver {
    /// A member; by default whoever ends the membership, or a coordinator where members leave by themselves.
    pub hand_over_to: Option<Id>,
}

impl Input for HandOver {
    fn example() -> Value {
        json!({})
    }
}
