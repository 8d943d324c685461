//! What a removal is about, collected before anything is touched: a table of its own transaction, in memory on SQLite. Records
//! are removed by set, and their ids leave the database only to be told.

use super::kinds::{self, Kind};
use super::types::KindCount;
use crate::access::Tx;
use crate::change_log::Trace;
use crate::db::dialect;
use crate::error::{Error, Result};
use crate::ids::Id;
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::BTreeMap;
use strum::{EnumString, IntoStaticStr};

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::db::types::Uid;
    removal_plan (fate, id) {
        id -> Uid,
        fate -> Text,
        kind -> Text,
        cycle_id -> Nullable<Uid>,
        version -> Integer,
    }
}

/// What becomes of a record in the plan.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    EnumString,
    IntoStaticStr,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[strum(serialize_all = "snake_case")]
pub enum Fate {
    Removed,
    /// It stays, without what it had of those that are removed.
    Unlinked,
    /// A legal hold keeps it as it is.
    Held,
}
crate::text_enum!(Fate);

/// A record in the plan.
#[derive(Clone, Debug, Queryable)]
pub struct Planned {
    pub id: Id,
    kind: String,
    pub cycle_id: Option<Id>,
    pub version: i32,
}

impl Planned {
    /// What the change log says of it afterwards.
    pub fn trace(&self, network_id: Id) -> Result<Trace<'static>> {
        let (kind, Planned { id, cycle_id, version, .. }) = (self.kind()?.name, self);
        Ok(Trace { kind, network_id, cycle_id: *cycle_id, id: *id, version: version + 1 })
    }

    pub fn is(&self, kind: Kind) -> bool {
        self.kind == kind.name
    }

    pub fn kind(&self) -> Result<Kind> {
        let kind = kinds::named(&self.kind);
        kind.ok_or_else(|| Error::internal(format!("a plan has records of the kind {}", self.kind)))
    }
}

/// An empty plan.
pub fn begin(tx: &mut Tx<'_>) -> QueryResult<()> {
    dialect::begin_removal_plan(tx.conn())
}

pub fn load(tx: &mut Tx<'_>, fate: Fate) -> QueryResult<Vec<Planned>> {
    removal_plan::table
        .filter(removal_plan::fate.eq(fate))
        .order((removal_plan::kind, removal_plan::id))
        .select((removal_plan::id, removal_plan::kind, removal_plan::cycle_id, removal_plan::version))
        .load(tx.conn())
}

/// A page of the records that would be removed, by id.
pub fn page(tx: &mut Tx<'_>, after: Option<Id>, most: i64) -> QueryResult<Vec<Planned>> {
    removal_plan::table
        .filter(removal_plan::fate.eq(Fate::Removed))
        .filter(removal_plan::id.gt(after.unwrap_or(Id::NIL)))
        .order(removal_plan::id)
        .limit(most)
        .select((removal_plan::id, removal_plan::kind, removal_plan::cycle_id, removal_plan::version))
        .load(tx.conn())
}

/// How many records of each kind are removed, and how many let go of some.
pub fn counts(tx: &mut Tx<'_>) -> QueryResult<Vec<KindCount>> {
    let rows: Vec<(String, Fate, i64)> = removal_plan::table
        .filter(removal_plan::fate.ne(Fate::Held))
        .group_by((removal_plan::kind, removal_plan::fate))
        .select((removal_plan::kind, removal_plan::fate, count_star()))
        .load(tx.conn())?;
    let mut counts: BTreeMap<String, KindCount> = BTreeMap::new();
    for (kind, fate, number) in rows {
        let number = i32::try_from(number).unwrap_or(i32::MAX);
        let count = counts.entry(kind.clone()).or_insert(KindCount { kind, removed: 0, unlinked: 0 });
        match fate {
            Fate::Unlinked => count.unlinked = number,
            Fate::Removed | Fate::Held => count.removed = number,
        }
    }
    Ok(counts.into_values().collect())
}

/// The first record, if any, that would be removed or changed and is held.
pub fn in_conflict(tx: &mut Tx<'_>) -> QueryResult<Option<Planned>> {
    let held = diesel::alias!(removal_plan as held);
    let held =
        held.filter(held.field(removal_plan::fate).eq(Fate::Held)).select(held.field(removal_plan::id));
    removal_plan::table
        .filter(removal_plan::fate.ne(Fate::Held))
        .filter(removal_plan::id.eq_any(held))
        .order((removal_plan::kind, removal_plan::id))
        .select((removal_plan::id, removal_plan::kind, removal_plan::cycle_id, removal_plan::version))
        .first(tx.conn())
        .optional()
}
