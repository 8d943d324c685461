//! The log, read.

use crate::access::Tx;
use crate::clock::Instant;
use crate::db::schema::{changes, network_streams};
use crate::ids::Id;
use crate::store::in_parts;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// A row of the log.
#[derive(Clone, Debug, Queryable)]
pub struct Row {
    pub network_id: Id,
    pub number: i64,
    pub cycle_id: Option<Id>,
    pub actor_id: Option<Id>,
    pub at: Instant,
    pub kind: String,
    pub subject_id: Id,
    pub subject_version: i32,
    pub audience: String,
}

/// Why a record is not to be shown any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tombstone {
    /// Taken back with a reason: it can still be read, and is in no figure.
    Withdrawn,
    /// It is gone.
    Deleted,
    /// It stands, but not where the caller sees it.
    NoLongerVisible,
}

impl Tombstone {
    /// The tombstone that a kind of change sets, if it is one.
    pub fn of(kind: &str) -> Option<Tombstone> {
        match kind.rsplit('.').next()? {
            "withdrawn" => Some(Tombstone::Withdrawn),
            "deleted" | "erased" | "removed" => Some(Tombstone::Deleted),
            "hidden" | "moved_out" => Some(Tombstone::NoLongerVisible),
            _ => None,
        }
    }
}

/// The numbers of the first change that is kept of each network, and of the last.
pub fn bounds(tx: &mut Tx<'_>, network_ids: &[Id]) -> QueryResult<HashMap<Id, (i64, i64)>> {
    let rows: Vec<(Id, i64, i64)> = network_streams::table
        .filter(network_streams::network_id.eq_any(network_ids))
        .select((network_streams::network_id, network_streams::first_change, network_streams::last_change))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(id, first, last)| (id, (first, last))).collect())
}

/// Those of `ids` that were changed in a network at a moment or later, otherwise than by being made.
pub fn changed_since(
    tx: &mut Tx<'_>,
    network_id: Id,
    ids: &[Id],
    since: Instant,
) -> QueryResult<HashSet<Id>> {
    let changed = in_parts(ids, |part| {
        changes::table
            .filter(changes::network_id.eq(network_id))
            .filter(changes::subject_id.eq_any(part))
            .filter(changes::at.ge(since))
            .filter(changes::kind.not_like("%.created"))
            .select(changes::subject_id)
            .load(tx.conn())
    })?;
    Ok(changed.into_iter().collect())
}

/// A network's changes after one number and up to another, so many at most; those of one cycle alone if one is named.
pub fn between(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle_id: Option<Id>,
    (after, up_to): (i64, i64),
    most: i64,
) -> QueryResult<Vec<Row>> {
    let mut query = changes::table
        .filter(changes::network_id.eq(network_id))
        .filter(changes::number.gt(after))
        .filter(changes::number.le(up_to))
        .order(changes::number)
        .limit(most)
        .select((
            changes::network_id,
            changes::number,
            changes::cycle_id,
            changes::actor_id,
            changes::at,
            changes::kind,
            changes::subject_id,
            changes::subject_version,
            changes::audience,
        ))
        .into_boxed();
    if let Some(cycle_id) = cycle_id {
        query = query.filter(changes::cycle_id.eq(cycle_id));
    }
    query.load(tx.conn())
}

/// The changes that somebody made, and those of their own record, after one of a stream: so many at most, in the order of the
/// streams. No index leads to them: the log is gone through once.
pub fn of_person(
    tx: &mut Tx<'_>,
    person_id: Id,
    (network_id, number): (Id, i64),
    most: i64,
) -> QueryResult<Vec<Row>> {
    let behind = changes::network_id
        .gt(network_id)
        .or(changes::network_id.eq(network_id).and(changes::number.gt(number)));
    changes::table
        .filter(changes::actor_id.eq(person_id).or(changes::subject_id.eq(person_id)))
        .filter(behind)
        .order((changes::network_id, changes::number))
        .limit(most)
        .select((
            changes::network_id,
            changes::number,
            changes::cycle_id,
            changes::actor_id,
            changes::at,
            changes::kind,
            changes::subject_id,
            changes::subject_version,
            changes::audience,
        ))
        .load(tx.conn())
}
