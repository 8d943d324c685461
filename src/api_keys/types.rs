//! An API key as stored and as sent, and the body that makes one.

use crate::access::scope::grantable;
use crate::access::{Op, Role};
use crate::clock::{self, Instant};
use crate::db::schema::api_keys;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::{Few, Name};
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use std::borrow::Cow;
use std::fmt;
use strum::IntoEnumIterator;

/// Operations of one key at most: more than there are to give.
pub const MOST_OPERATIONS: usize = 200;

/// An API key as stored: the key itself is kept as a hash only.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = api_keys, treat_none_as_default_value = false)]
pub struct ApiKeyRow {
    pub id: Id,
    pub network_id: Id,
    pub person_id: Id,
    pub name: String,
    /// By name, so that what a later release no longer gives to keys is passed over, and nothing worse.
    pub operations: Json<Vec<String>>,
    pub prefix: String,
    pub key_hash: Vec<u8>,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub expires_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
    pub last_used_at: Option<Instant>,
    pub version: i32,
    pub digest: Vec<u8>,
}

impl ApiKeyRow {
    /// As sent; the key is shown once, when it is made.
    pub fn shown(self, role: KeyRole, key: Option<ShownKey>) -> ApiKey {
        ApiKey {
            id: self.id,
            network_id: self.network_id,
            person_id: self.person_id,
            name: self.name,
            role,
            operations: self.operations.iter().filter_map(|name| Grant::named(name)).collect(),
            prefix: self.prefix,
            key,
            created_by: self.created_by,
            created_at: self.created_at,
            updated_at: self.updated_at,
            expires_at: self.expires_at,
            revoked_at: self.revoked_at,
            last_used_at: self.last_used_at,
            version: self.version,
            digest: self.digest,
        }
    }
}

/// A key with which a program does some operations in one network.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApiKey {
    pub id: Id,
    pub network_id: Id,
    /// The integration's account, which is the author of what the key writes.
    pub person_id: Id,
    pub name: String,
    pub role: KeyRole,
    pub operations: Vec<Grant>,
    /// What the key begins with, by which it is recognised.
    pub prefix: String,
    /// The key, for `Authorization: Bearer …`; shown in the first answer only.
    pub key: Option<ShownKey>,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub expires_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
    /// To the minute, and a minute late; no change of the record, whose version stays.
    pub last_used_at: Option<Instant>,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for ApiKey {
    const KIND: &'static str = "api_key";
    const PATH: &'static str = "api-keys";

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

/// A key on its way to the one who made it. It is written into the answer and nowhere else.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ShownKey(#[schemars(regex(pattern = r"^fbl_[0-9a-z]{8}_[0-9a-z]{46}$"))] pub String);

impl fmt::Debug for ShownKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShownKey(…)")
    }
}

/// What a key is in its network.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyRole {
    Reader,
    Practitioner,
    Facilitator,
}

impl From<KeyRole> for Role {
    fn from(role: KeyRole) -> Role {
        match role {
            KeyRole::Reader => Role::Reader,
            KeyRole::Practitioner => Role::Practitioner,
            KeyRole::Facilitator => Role::Facilitator,
        }
    }
}

impl From<Role> for KeyRole {
    /// The roles that keys do not have are shown as the least.
    fn from(role: Role) -> KeyRole {
        match role {
            Role::Facilitator => KeyRole::Facilitator,
            Role::Practitioner => KeyRole::Practitioner,
            Role::Reader | Role::ExperienceExpert | Role::Coordinator => KeyRole::Reader,
        }
    }
}

/// An operation of the contract that may be given to an API key, by its operationId.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grant(Op);

impl Grant {
    fn all() -> impl Iterator<Item = Grant> {
        Op::iter().filter(|op| grantable(*op) && op.asked_in() == *op).map(Grant)
    }

    fn named(name: &str) -> Option<Grant> {
        Grant::all().find(|grant| grant.name() == name)
    }

    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl Serialize for Grant {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Grant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Grant, D::Error> {
        let name = Cow::<str>::deserialize(deserializer)?;
        Grant::named(&name).ok_or_else(|| D::Error::custom("must be an operation that API keys may be given"))
    }
}

impl JsonSchema for Grant {
    fn schema_name() -> Cow<'static, str> {
        "ApiKeyOperation".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = Grant::all().map(Grant::name).collect();
        json_schema!({"type": "string", "enum": names,
            "description": "An operation that may be given to an API key, by its operationId."})
    }
}

/// The body that makes an API key.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApiKeyCreate {
    pub id: Option<Id>,
    /// What the integration is called, wherever its work is shown.
    pub name: Name,
    pub role: KeyRole,
    /// What it may be used for, of what its role may.
    pub operations: Few<Grant, 1, MOST_OPERATIONS>,
    /// When it ceases to be good. Without one, when it is revoked.
    pub expires_at: Option<Instant>,
}

impl Input for ApiKeyCreate {
    fn example() -> Value {
        json!({"name": "Koppeling met het dossier", "role": "practitioner",
            "operations": ["listCycles", "createObservation"], "expiresAt": "2040-01-01T00:00:00Z"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if self.expires_at.is_some_and(|end| end <= clock::now()) {
            faults.push(FieldError::new("/expiresAt", "inconsistent", "Must lie in the future."));
        }
    }
}

/// What the list of API keys can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApiKeyFilter {
    /// Those that are `active` by default.
    pub state: Option<KeyState>,
}

/// Which keys are wanted: those that are good today, or every one that was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    #[default]
    Active,
    All,
}

impl Input for ApiKeyFilter {
    fn example() -> Value {
        json!({"state": "all"})
    }
}
