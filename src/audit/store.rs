//! Chains in the database, and the rows of the logs that they are over.

use super::rules::{self, Entry};
use super::types::{Chain, Log, Seal};
use crate::access::Tx;
use crate::access_log::types::Access;
use crate::change_log;
use crate::db::schema::{
    access_streams, access_subjects, accesses, audit_chains, audit_erasures, audit_seals, changes,
    network_streams,
};
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::natively;
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The chain over a log, if it was begun.
pub fn chain(tx: &mut Tx<'_>, network_id: Id, log: Log) -> QueryResult<Option<Chain>> {
    audit_chains::table
        .filter(audit_chains::network_id.eq(network_id))
        .filter(audit_chains::log.eq(log))
        .select((
            audit_chains::sealed_to,
            audit_chains::hash,
            audit_chains::kept_from,
            audit_chains::anchor_to,
            audit_chains::anchor_hash,
        ))
        .get_result(tx.conn())
        .optional()
}

/// Takes the chain's row, and holds it until the transaction ends: of several servers one goes on at a time. Begins the
/// chain where there is none.
pub fn take(tx: &mut Tx<'_>, network_id: Id, log: Log) -> Result<Chain> {
    if hold(tx, network_id, log)? == 0 {
        begin(tx, network_id, log)?;
        hold(tx, network_id, log)?;
    }
    chain(tx, network_id, log)?.ok_or_else(|| Error::internal("a chain that was begun is not there"))
}

fn hold(tx: &mut Tx<'_>, network_id: Id, log: Log) -> QueryResult<usize> {
    let row =
        audit_chains::table.filter(audit_chains::network_id.eq(network_id)).filter(audit_chains::log.eq(log));
    diesel::update(row).set(audit_chains::sealed_to.eq(audit_chains::sealed_to)).execute(tx.conn())
}

/// Of a log whose older end was cut off before there were chains, the chain begins where the log does.
fn begin(tx: &mut Tx<'_>, network_id: Id, log: Log) -> QueryResult<()> {
    let first = match log {
        Log::Changes => network_streams::table
            .filter(network_streams::network_id.eq(network_id))
            .select(network_streams::first_change)
            .get_result(tx.conn())
            .optional()?
            .unwrap_or(1),
        Log::Accesses => 1_i64,
    };
    let row = (
        audit_chains::network_id.eq(network_id),
        audit_chains::log.eq(log),
        audit_chains::sealed_to.eq(first - 1),
        audit_chains::hash.eq(rules::BEGINNING.to_vec()),
        audit_chains::kept_from.eq(first),
        audit_chains::anchor_to.eq(first - 1),
        audit_chains::anchor_hash.eq(rules::BEGINNING.to_vec()),
    );
    natively!(tx.conn(), c => diesel::insert_into(audit_chains::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))
    .map(drop)
}

/// Puts a stretch at the chain's end, whose row is held.
pub fn add(tx: &mut Tx<'_>, seal: &Seal) -> QueryResult<()> {
    diesel::insert_into(audit_seals::table).values(seal).execute(tx.conn())?;
    let row = audit_chains::table
        .filter(audit_chains::network_id.eq(seal.network_id))
        .filter(audit_chains::log.eq(seal.log));
    diesel::update(row)
        .set((audit_chains::sealed_to.eq(seal.last), audit_chains::hash.eq(&seal.hash)))
        .execute(tx.conn())
        .map(drop)
}

/// Lets the rows of a log be changed and removed in this transaction, or no more.
pub fn open(tx: &mut Tx<'_>, network_id: Id, log: Log, open: bool) -> QueryResult<()> {
    let row =
        audit_chains::table.filter(audit_chains::network_id.eq(network_id)).filter(audit_chains::log.eq(log));
    diesel::update(row).set(audit_chains::open.eq(open)).execute(tx.conn()).map(drop)
}

/// Leaves out the stretches that lie wholly before a number, and keeps the hash of the last of them.
pub fn cut(tx: &mut Tx<'_>, network_id: Id, log: Log, kept_from: i64) -> QueryResult<()> {
    let before = audit_seals::table
        .filter(audit_seals::network_id.eq(network_id))
        .filter(audit_seals::log.eq(log))
        .filter(audit_seals::last.lt(kept_from));
    let anchor: Option<(i64, Vec<u8>)> = before
        .order(audit_seals::last.desc())
        .select((audit_seals::last, audit_seals::hash))
        .first(tx.conn())
        .optional()?;
    let row =
        audit_chains::table.filter(audit_chains::network_id.eq(network_id)).filter(audit_chains::log.eq(log));
    diesel::update(row).set(audit_chains::kept_from.eq(kept_from)).execute(tx.conn())?;
    if let Some((anchor_to, anchor_hash)) = anchor {
        diesel::delete(before).execute(tx.conn())?;
        diesel::update(row)
            .set((audit_chains::anchor_to.eq(anchor_to), audit_chains::anchor_hash.eq(anchor_hash)))
            .execute(tx.conn())?;
    }
    let erased = audit_erasures::table
        .filter(audit_erasures::network_id.eq(network_id))
        .filter(audit_erasures::log.eq(log))
        .filter(audit_erasures::number.lt(kept_from));
    diesel::delete(erased).execute(tx.conn()).map(drop)
}

/// The stretches after a number, so many at most.
pub fn seals(tx: &mut Tx<'_>, network_id: Id, log: Log, after: i64, most: i64) -> QueryResult<Vec<Seal>> {
    audit_seals::table
        .filter(audit_seals::network_id.eq(network_id))
        .filter(audit_seals::log.eq(log))
        .filter(audit_seals::last.gt(after))
        .order(audit_seals::last)
        .limit(most)
        .get_results(tx.conn())
}

/// The number that the last row of a log has, as its stream counts.
pub fn last_number(tx: &mut Tx<'_>, network_id: Id, log: Log) -> QueryResult<i64> {
    let last: Option<i64> = match log {
        Log::Changes => network_streams::table
            .filter(network_streams::network_id.eq(network_id))
            .select(network_streams::last_change)
            .get_result(tx.conn())
            .optional()?,
        Log::Accesses => access_streams::table
            .filter(access_streams::network_id.eq(network_id))
            .select(access_streams::last_access)
            .get_result(tx.conn())
            .optional()?,
    };
    Ok(last.unwrap_or(0))
}

/// All that have a log, by their ids.
pub fn networks(tx: &mut Tx<'_>) -> QueryResult<Vec<Id>> {
    let with_changes: Vec<Id> = network_streams::table.select(network_streams::network_id).load(tx.conn())?;
    let with_accesses: Vec<Id> = access_streams::table.select(access_streams::network_id).load(tx.conn())?;
    let chained: Vec<Id> = audit_chains::table.select(audit_chains::network_id).distinct().load(tx.conn())?;
    let all: BTreeSet<Id> = with_changes.into_iter().chain(with_accesses).chain(chained).collect();
    Ok(all.into_iter().collect())
}

/// Networks in whose log rows are not sealed yet, after one in the order of their ids, so many at most.
pub fn behind(tx: &mut Tx<'_>, log: Log, after: Option<Id>, most: i64) -> QueryResult<Vec<Id>> {
    match log {
        Log::Changes => {
            let its = audit_chains::network_id.eq(network_streams::network_id).and(audit_chains::log.eq(log));
            let mut query = network_streams::table
                .left_join(audit_chains::table.on(its))
                .filter(network_streams::last_change.ge(network_streams::first_change))
                .filter(
                    audit_chains::sealed_to
                        .nullable()
                        .is_null()
                        .or(audit_chains::sealed_to.nullable().lt(network_streams::last_change.nullable())),
                )
                .order(network_streams::network_id)
                .select(network_streams::network_id)
                .limit(most)
                .into_boxed();
            if let Some(after) = after {
                query = query.filter(network_streams::network_id.gt(after));
            }
            query.load(tx.conn())
        }
        Log::Accesses => {
            let its = audit_chains::network_id.eq(access_streams::network_id).and(audit_chains::log.eq(log));
            let mut query = access_streams::table
                .left_join(audit_chains::table.on(its))
                .filter(access_streams::last_access.gt(0))
                .filter(
                    audit_chains::sealed_to
                        .nullable()
                        .is_null()
                        .or(audit_chains::sealed_to.nullable().lt(access_streams::last_access.nullable())),
                )
                .order(access_streams::network_id)
                .select(access_streams::network_id)
                .limit(most)
                .into_boxed();
            if let Some(after) = after {
                query = query.filter(access_streams::network_id.gt(after));
            }
            query.load(tx.conn())
        }
    }
}

/// The rows of a log after a number and up to another, so many at most, in their order.
pub fn entries(
    tx: &mut Tx<'_>,
    network_id: Id,
    log: Log,
    (after, up_to): (i64, i64),
    most: i64,
) -> QueryResult<Vec<Entry>> {
    match log {
        Log::Changes => {
            let rows = change_log::between(tx, network_id, None, (after, up_to), most)?;
            Ok(rows.iter().map(Entry::of_change).collect())
        }
        Log::Accesses => {
            let rows: Vec<Access> = accesses::table
                .filter(accesses::network_id.eq(network_id))
                .filter(accesses::number.gt(after))
                .filter(accesses::number.le(up_to))
                .order(accesses::number)
                .limit(most)
                .load(tx.conn())?;
            let numbers: Vec<i64> = rows.iter().map(|row| row.number).collect();
            let about = about(tx, network_id, &numbers)?;
            let about = |row: &Access| about.get(&row.number).map(Vec::as_slice).unwrap_or_default();
            Ok(rows.iter().map(|row| Entry::of_access(row, about(row))).collect())
        }
    }
}

/// The pseudonyms that accesses are about, by their numbers.
pub fn about(tx: &mut Tx<'_>, network_id: Id, numbers: &[i64]) -> QueryResult<BTreeMap<i64, Vec<Id>>> {
    let rows: Vec<(i64, Id)> = access_subjects::table
        .filter(access_subjects::network_id.eq(network_id))
        .filter(access_subjects::number.eq_any(numbers))
        .order((access_subjects::number, access_subjects::subject_id))
        .select((access_subjects::number, access_subjects::subject_id))
        .load(tx.conn())?;
    let mut about: BTreeMap<i64, Vec<Id>> = BTreeMap::new();
    for (number, subject_id) in rows {
        about.entry(number).or_default().push(subject_id);
    }
    Ok(about)
}

/// Numbers below and above those that a log should have, so many at most.
pub fn out_of_place(
    tx: &mut Tx<'_>,
    network_id: Id,
    log: Log,
    (first, last): (i64, i64),
    most: i64,
) -> QueryResult<Vec<i64>> {
    macro_rules! outside {
        ($table:ident) => {
            $table::table
                .filter($table::network_id.eq(network_id))
                .filter($table::number.lt(first).or($table::number.gt(last)))
                .order($table::number)
                .select($table::number)
                .limit(most)
                .load(tx.conn())
        };
    }
    match log {
        Log::Changes => outside!(changes),
        Log::Accesses => outside!(accesses),
    }
}
