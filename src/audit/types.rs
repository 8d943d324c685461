//! What is stored of the chains, and what coordinators are shown of the logs.

use super::rules;
use crate::access_log::rules::code_of_change;
use crate::access_log::types::{Access, AccessMeans, AccessOutcome, EventCode, RefusalReason};
use crate::change_log;
use crate::clock::{Day, Instant};
use crate::db::schema::audit_seals;
use crate::http::body::Input;
use crate::ids::Id;
use crate::loops::days::Days;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::fmt;
use strum::{EnumIter, EnumString, IntoStaticStr};

/// The two logs that a network has.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
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
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AuditLog")]
#[strum(serialize_all = "snake_case")]
pub enum Log {
    Changes,
    Accesses,
}
crate::text_enum!(Log);

impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.into())
    }
}

/// The chain over one log of a network.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Chain {
    /// The number of the last row that is sealed.
    pub sealed_to: i64,
    /// The hash of the last stretch.
    pub hash: Vec<u8>,
    /// The first number that is kept: what lay before was cut off.
    pub kept_from: i64,
    /// The last number of the stretch before the first that is kept, and its hash.
    pub anchor_to: i64,
    pub anchor_hash: Vec<u8>,
}

/// A stretch of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = audit_seals, primary_key(network_id, log, last))]
pub struct Seal {
    pub network_id: Id,
    pub log: Log,
    pub last: i64,
    pub first: i64,
    /// Of each row from the first to the last, 32 bytes.
    pub digests: Vec<u8>,
    pub hash: Vec<u8>,
    pub sealed_at: Instant,
}

/// Something that somebody did, or tried to do, with what a network has. The names are those of the access log, whose
/// fields are those of NEN 7513.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditEvent {
    /// The log that it stands in: what was changed, or what was read, exported or refused.
    pub log: Log,
    /// Its number there. The numbers in between are of what is its author's own.
    pub number: i64,
    pub occurred_at: Instant,
    /// `C` create, `R` read, `U` update, `D` delete or mark as deleted, `E` take out as a file.
    pub code: EventCode,
    /// Of a change its kind, such as `observation.created`; of an access the operation, such as `getObservation`.
    pub name: String,
    /// Who. Null where nobody was signed in, and once they were erased.
    pub person_id: Option<Id>,
    /// What they were at that place; of an access.
    pub role: Option<String>,
    /// For whom they acted, where for another: who made the API key.
    pub acting_for_id: Option<Id>,
    /// By what they were known; of an access.
    pub means: Option<AccessMeans>,
    /// The kind of the record that was changed or asked for; of a list, of that whose list it is.
    pub object_kind: Option<String>,
    pub object_id: Option<Id>,
    /// The pseudonyms that the record was about; of an access.
    pub subject_ids: Vec<Id>,
    pub outcome: AccessOutcome,
    /// Why it was refused.
    pub reason: Option<RefusalReason>,
    /// As in `X-Request-Id` of the answer; of an access.
    pub request_id: Option<Id>,
    /// The emergency access under which it was done: that record has the cause.
    pub emergency_access_id: Option<Id>,
}

impl AuditEvent {
    pub fn of_change(row: change_log::Row) -> AuditEvent {
        AuditEvent {
            log: Log::Changes,
            number: row.number,
            occurred_at: row.at,
            code: code_of_change(&row.kind),
            object_kind: row.kind.split('.').next().map(str::to_owned),
            name: row.kind,
            person_id: standing(row.actor_id),
            role: None,
            acting_for_id: None,
            means: None,
            object_id: standing(Some(row.subject_id)),
            subject_ids: Vec::new(),
            outcome: AccessOutcome::Success,
            reason: None,
            request_id: None,
            emergency_access_id: None,
        }
    }

    pub fn of_access(row: Access, subject_ids: Vec<Id>) -> AuditEvent {
        AuditEvent {
            log: Log::Accesses,
            number: row.number,
            occurred_at: row.at,
            code: row.code,
            name: row.operation.into_owned(),
            person_id: standing(row.person_id),
            role: row.role.map(Cow::into_owned),
            acting_for_id: standing(row.acting_for),
            means: Some(row.means),
            object_kind: row.object_kind,
            object_id: standing(row.object_id),
            subject_ids,
            outcome: row.outcome,
            reason: row.reason,
            request_id: row.request_id,
            emergency_access_id: row.emergency_access_id,
        }
    }

    /// What the list is ordered by.
    pub fn key(&self) -> (Instant, Id) {
        (self.occurred_at, rules::place_of(self.log, self.number))
    }
}

/// An id that was not erased.
fn standing(id: Option<Id>) -> Option<Id> {
    id.filter(|id| *id != Id::NIL)
}

/// What the list can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuditEventFilter {
    /// What this person did.
    pub person_id: Option<Id>,
    /// What was done with this record; with this pseudonym, or with a record about it.
    pub subject_id: Option<Id>,
    pub code: Option<EventCode>,
    /// On this day (Europe/Amsterdam) or later.
    pub from: Option<Day>,
    /// On this day or earlier.
    pub to: Option<Day>,
}

impl AuditEventFilter {
    pub fn days(&self) -> Days {
        Days::between(self.from, self.to)
    }
}

impl Input for AuditEventFilter {
    fn example() -> Value {
        json!({"code": "R", "from": "2026-11-01"})
    }
}
