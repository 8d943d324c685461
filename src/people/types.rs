//! A person as stored and as sent, and the bodies that make and change one.

use crate::clock::Instant;
use crate::db::schema::people;
use crate::http::body::Input;
use crate::http::credentials::{Email, NewPassword};
use crate::http::text::{ProperName, Set};
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// Who is behind an account. An `integration` is a program that has an API key: it never signs in, and is named where its
/// key wrote something.
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
pub enum PersonKind {
    Person,
    Integration,
}

/// The language that somebody reads.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Default,
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
pub enum Locale {
    #[default]
    Nl,
    En,
}

/// What somebody is on the server as a whole: administrators manage people, organisations and top networks, and see
/// practice only as members.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Default,
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
pub enum SystemRole {
    Admin,
    #[default]
    None,
}
crate::text_enum!(PersonKind, Locale, SystemRole);

/// A person as stored.
#[derive(Clone, Debug, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = people, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct PersonRow {
    pub id: Id,
    pub kind: PersonKind,
    /// None for an integration.
    pub email: Option<String>,
    /// The address without case, which is what is unique.
    pub email_key: Option<String>,
    pub display_name: String,
    pub locale: Locale,
    pub system_role: SystemRole,
    pub active: bool,
    /// Argon2id in PHC form; without one nobody can sign in with a password.
    pub password_hash: Option<String>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    pub digest: Vec<u8>,
}

impl PersonRow {
    /// As sent; with the e-mail address only to those who may read it.
    pub fn shown(&self, with_email: bool) -> Person {
        Person {
            id: self.id,
            kind: self.kind,
            display_name: self.display_name.clone(),
            email: self.email.clone().filter(|_| with_email),
            locale: self.locale,
            system_role: self.system_role,
            active: self.active,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
            digest: self.digest.clone(),
        }
    }
}

/// Somebody who signs in, or an integration.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    pub id: Id,
    pub kind: PersonKind,
    pub display_name: String,
    /// Shown to oneself, to coordinators of one's networks and to administrators; null to others, and for an integration.
    pub email: Option<String>,
    pub locale: Locale,
    pub system_role: SystemRole,
    /// Whether they may sign in, or the key of an integration may be used.
    pub active: bool,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Person {
    const KIND: &'static str = "person";
    const PATH: &'static str = "people";

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
        Id::NIL
    }
}

/// The body with which an administrator makes a person.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonCreate {
    pub id: Option<Id>,
    pub email: Email,
    pub display_name: ProperName,
    pub locale: Option<Locale>,
    pub system_role: Option<SystemRole>,
    /// A first password, to be told in person and changed.
    #[serde(skip_serializing)]
    pub password: Option<NewPassword>,
}

impl Input for PersonCreate {
    fn example() -> Value {
        json!({"email": "voorbeeld@demo.example", "displayName": "Voorbeeld Vermeer", "locale": "nl"})
    }
}

/// An administrator's merge patch of a person. Of an integration only `active` can be set.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PersonPatch {
    pub display_name: Set<ProperName>,
    pub locale: Set<Locale>,
    pub system_role: Set<SystemRole>,
    /// False ends every sign-in at once.
    pub active: Set<bool>,
}

impl Input for PersonPatch {
    fn example() -> Value {
        json!({"active": false})
    }
}

/// What the list of people can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonFilter {
    /// `person` by default.
    pub kind: Option<PersonKind>,
}

impl Input for PersonFilter {
    fn example() -> Value {
        json!({"kind": "integration"})
    }
}

/// A merge patch of oneself.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct MePatch {
    pub display_name: Set<ProperName>,
    pub locale: Set<Locale>,
}

impl Input for MePatch {
    fn example() -> Value {
        json!({"locale": "en"})
    }
}

/// The caller, and where they take part.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    pub person: Person,
    pub networks: Vec<MyNetwork>,
    /// Cycles of other networks in which the caller takes part, as a participant or through a co-network.
    pub cycles: Vec<MyCycle>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MyNetwork {
    pub network_id: Id,
    pub name: String,
    pub role: crate::access::Role,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MyCycle {
    pub cycle_id: Id,
    pub network_id: Id,
    pub learning_question: String,
    pub role: crate::access::Role,
    /// The network of mine that shares the cycle; null where I am a participant myself.
    pub co_network_id: Option<Id>,
}
