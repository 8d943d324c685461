//! What the access log has of an access. The fields are those that NEN 7513:2018, chapter 7, asks for, as Logius lists them in
//! its extension of the *Logboek Dataverwerkingen* (<https://logius-standaarden.github.io/logboek-extensie-nen7513>), by the
//! English words that ISO 27789 and HL7's `AuditEvent` (<https://hl7.org/fhir/R4/auditevent.html>) have for them.
//! Nothing is among them of what was read: no text, and not what was searched for.

use crate::clock::Instant;
use crate::db::schema::accesses;
use crate::ids::Id;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use strum::{EnumIter, EnumString, IntoStaticStr};

/// The event's action code (*actiecode*): `C` create, `R` read, `U` update, `D` delete or mark as deleted, `E` execute: here
/// to take data out as a file.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    EnumIter,
    IntoStaticStr,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub enum EventCode {
    C,
    R,
    U,
    D,
    E,
}

/// By what somebody was known: the session that they signed in to, or an API key; or a link that they hold, or the command
/// line, where nobody is signed in.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Hash,
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
pub enum AccessMeans {
    Session,
    /// A token of the issuer outside.
    Identity,
    ApiKey,
    Link,
    CommandLine,
}

/// How an access ended (*event outcome*).
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Hash,
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
pub enum AccessOutcome {
    Success,
    Refused,
}

/// Why an access was refused: `forbidden`, to somebody who sees the object and may not do this; `not_found`, since it is not
/// there or not theirs to see.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Hash,
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
pub enum RefusalReason {
    Forbidden,
    NotFound,
}

/// Who may be told of an access: the network's members as far as they may read its audit events; or, where the object is
/// its author's own or kept to some, nobody else.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AccessAudience {
    Members,
    Author,
}
crate::text_enum!(EventCode, AccessMeans, AccessOutcome, RefusalReason, AccessAudience);

/// A row of the access log. (It waits in the backlog without the names of its fields: one that is added later has to be the last,
/// and to have a default.)
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable, Serialize, Deserialize)]
#[diesel(table_name = accesses, primary_key(network_id, number), treat_none_as_default_value = false)]
pub struct Access {
    /// The responsible organisation: here the network. `Id::NIL` for what belongs to none.
    pub network_id: Id,
    /// Its place in the network's stream of accesses, which has no gaps; 0 before it is given out.
    pub number: i64,
    /// When it began.
    pub at: Instant,
    pub code: EventCode,
    /// The operation of the contract, which says what list it was, or what was to be done.
    pub operation: Cow<'static, str>,
    /// The user; none for the command line, and for who holds a link. `Id::NIL` once they were erased, and so with the ids below.
    pub person_id: Option<Id>,
    /// What they are at that place.
    pub role: Option<Cow<'static, str>>,
    /// The responsible user, where another than the one who acts: who made the API key.
    pub acting_for: Option<Id>,
    pub means: AccessMeans,
    /// The session, the key or the link.
    pub means_id: Option<Id>,
    /// What the path names: of a list, what it is the list of.
    pub object_kind: Option<String>,
    pub object_id: Option<Id>,
    pub audience: AccessAudience,
    pub outcome: AccessOutcome,
    pub reason: Option<RefusalReason>,
    pub request_id: Option<Id>,
    /// Where the glass was broken for it: that record has the cause.
    pub emergency_access_id: Option<Id>,
}

impl Access {
    /// That a part of a network's log was cut off by a command, which nobody is signed in for.
    pub fn by_command(at: Instant, network_id: Id, operation: &'static str) -> Access {
        Access {
            network_id,
            number: 0,
            at,
            code: EventCode::D,
            operation: operation.into(),
            person_id: None,
            role: None,
            acting_for: None,
            means: AccessMeans::CommandLine,
            means_id: None,
            object_kind: Some("network".into()),
            object_id: (network_id != Id::NIL).then_some(network_id),
            audience: AccessAudience::Members,
            outcome: AccessOutcome::Success,
            reason: None,
            request_id: None,
            emergency_access_id: None,
        }
    }
}
