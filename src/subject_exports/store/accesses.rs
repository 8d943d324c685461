//! The access log and the change log, as far as they tell of somebody: a piece at a time, in the order of an index.

use super::PIECE;
use crate::access::{Role, Tx};
use crate::access_log::types::{Access, AccessAudience, EventCode};
use crate::change_log::Row;
use crate::clock::Instant;
use crate::db::schema::{access_streams, access_subjects, accesses, changes, members};
use crate::ids::Id;
use diesel::prelude::*;
use std::collections::HashMap;

/// A place in the log of a network, by time: what comes after it is still to be read.
pub type After = (Instant, i64);

/// What is told to every member, as far as they may read it.
const FOR_MEMBERS: &str = "members";

/// What was done with records that are about a pseudonym, after a number.
pub fn about(tx: &mut Tx<'_>, network_id: Id, pseudonym_id: Id, after: i64) -> QueryResult<Vec<Access>> {
    let its = access_subjects::network_id
        .eq(accesses::network_id)
        .and(access_subjects::number.eq(accesses::number));
    access_subjects::table
        .inner_join(accesses::table.on(its))
        .filter(access_subjects::network_id.eq(network_id))
        .filter(access_subjects::subject_id.eq(pseudonym_id))
        .filter(access_subjects::number.gt(after))
        .filter(accesses::audience.eq(AccessAudience::Members))
        .order(access_subjects::number)
        .limit(PIECE)
        .select(accesses::all_columns)
        .load(tx.conn())
}

/// What was done with some records, after a number.
pub fn of_records(tx: &mut Tx<'_>, network_id: Id, records: &[Id], after: i64) -> QueryResult<Vec<Access>> {
    accesses::table
        .filter(accesses::network_id.eq(network_id))
        .filter(accesses::object_id.eq_any(records))
        .filter(accesses::number.gt(after))
        .filter(accesses::audience.eq(AccessAudience::Members))
        .order(accesses::number)
        .limit(PIECE)
        .load(tx.conn())
}

/// Files of what a network or a cycle has, in which anybody may have stood.
pub fn taken_out(tx: &mut Tx<'_>, network_id: Id, (at, number): After) -> QueryResult<Vec<Access>> {
    accesses::table
        .filter(accesses::network_id.eq(network_id))
        .filter(accesses::code.eq(EventCode::E))
        .filter(accesses::object_kind.eq_any(["network", "cycle"]))
        .filter(accesses::audience.eq(AccessAudience::Members))
        .filter(accesses::at.ge(at))
        .filter(accesses::at.gt(at).or(accesses::number.gt(number)))
        .order((accesses::at, accesses::number))
        .limit(PIECE)
        .load(tx.conn())
}

/// What was changed of records, those of each in their order. A record has few changes.
pub fn changed(tx: &mut Tx<'_>, network_id: Id, records: &[Id]) -> QueryResult<Vec<Row>> {
    changes::table
        .filter(changes::network_id.eq(network_id))
        .filter(changes::subject_id.eq_any(records))
        .filter(changes::audience.eq(FOR_MEMBERS))
        .order((changes::subject_id, changes::at, changes::number))
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

/// What people are in a network, or were last.
pub fn roles(tx: &mut Tx<'_>, network_id: Id, people: &[Id]) -> QueryResult<HashMap<Id, Role>> {
    let rows: Vec<(Id, Role)> = members::table
        .filter(members::network_id.eq(network_id))
        .filter(members::person_id.eq_any(people))
        .order(members::starts_at)
        .select((members::person_id, members::role))
        .load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

/// All that have a log of accesses; the nil id for what belongs to no network.
pub fn networks(tx: &mut Tx<'_>) -> QueryResult<Vec<Id>> {
    access_streams::table.order(access_streams::network_id).select(access_streams::network_id).load(tx.conn())
}

/// What somebody did in a network.
pub fn by_person(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    (at, number): After,
) -> QueryResult<Vec<Access>> {
    accesses::table
        .filter(accesses::network_id.eq(network_id))
        .filter(accesses::person_id.eq(person_id))
        .filter(accesses::at.ge(at))
        .filter(accesses::at.gt(at).or(accesses::number.gt(number)))
        .order((accesses::at, accesses::number))
        .limit(PIECE)
        .load(tx.conn())
}

/// What others did with somebody's account.
pub fn of_account(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    (at, number): After,
) -> QueryResult<Vec<Access>> {
    accesses::table
        .filter(accesses::network_id.eq(network_id))
        .filter(accesses::object_id.eq(person_id))
        .filter(accesses::person_id.is_null().or(accesses::person_id.ne(person_id)))
        .filter(accesses::at.ge(at))
        .filter(accesses::at.gt(at).or(accesses::number.gt(number)))
        .order((accesses::at, accesses::number))
        .limit(PIECE)
        .load(tx.conn())
}
