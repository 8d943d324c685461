//! Identifiers. Every record has one, chosen by the client or made here, and it doubles as the idempotency key of the
//! record's creation. New ids are UUIDs of version 7 (RFC 9562): they sort by the time they were made.

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// A record's id: a UUID, written in lower case with hyphens. (Where nobody reads it, as its 16 bytes.)
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, FromSqlRow, AsExpression)]
#[serde(transparent)]
#[diesel(sql_type = crate::db::types::Uid)]
pub struct Id(pub Uuid);

impl Id {
    /// The nil UUID: names the stream of changes that belong to no network.
    pub const NIL: Id = Id(Uuid::nil());

    #[allow(clippy::disallowed_methods)] // the one place where ids are made
    pub fn new() -> Id {
        Id(Uuid::now_v7())
    }
}

impl Default for Id {
    fn default() -> Id {
        Id::new()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Id {
    type Err = uuid::Error;

    /// Takes the hyphenated form alone, so that one record has one address.
    fn from_str(text: &str) -> Result<Id, uuid::Error> {
        uuid::fmt::Hyphenated::from_str(text).map(|id| Id(id.into_uuid()))
    }
}

/// In JSON as in an address: the other forms that UUIDs have (in braces, as a URN, without hyphens) are not of the
/// contract's `format: uuid`.
impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
        if !deserializer.is_human_readable() {
            return Uuid::deserialize(deserializer).map(Id);
        }
        struct IdVisitor;
        impl Visitor<'_> for IdVisitor {
            type Value = Id;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a UUID")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Id, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(IdVisitor)
    }
}

impl schemars::JsonSchema for Id {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "uuid"})
    }
}
