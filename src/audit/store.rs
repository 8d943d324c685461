//! Chains in the database, and the rows of the logs that they are over.

use super::rules::{self, Entry, Known, Salt};
use super::types::{Chain, Log, Seal};
use crate::access::Tx;
use crate::access_log::types::Access;
use crate::change_log;
use crate::db::dialect::MOST_ROWS;
use crate::db::schema::{
    access_streams, access_subjects, accesses, audit_chains, audit_erasures, audit_salts, audit_seals,
    changes, network_streams,
};
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::natively;
use crate::store::in_parts;
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// Networks in whose log rows are not sealed yet, so many at most.
pub fn behind(tx: &mut Tx<'_>, log: Log, most: i64) -> QueryResult<Vec<Id>> {
    match log {
        Log::Changes => {
            let its = audit_chains::network_id.eq(network_streams::network_id).and(audit_chains::log.eq(log));
            network_streams::table
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
                .load(tx.conn())
        }
        Log::Accesses => {
            let its = audit_chains::network_id.eq(access_streams::network_id).and(audit_chains::log.eq(log));
            access_streams::table
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
                .load(tx.conn())
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

/// The salts of the ids in these rows, as far as they have one.
pub fn salts(tx: &mut Tx<'_>, network_id: Id, entries: &[Entry]) -> QueryResult<HashMap<Id, Salt>> {
    let ids: BTreeSet<Id> = entries.iter().flat_map(|entry| entry.ids.iter().map(|(_, id)| *id)).collect();
    let ids: Vec<Id> = ids.into_iter().filter(|id| *id != Id::NIL).collect();
    salts_of(tx, network_id, &ids)
}

/// The salts of ids.
pub fn salts_of(tx: &mut Tx<'_>, network_id: Id, ids: &[Id]) -> QueryResult<HashMap<Id, Salt>> {
    let rows: Vec<(Id, Vec<u8>)> = in_parts(ids, |part| {
        audit_salts::table
            .filter(audit_salts::network_id.eq(network_id))
            .filter(audit_salts::subject_id.eq_any(part))
            .select((audit_salts::subject_id, audit_salts::salt))
            .load(tx.conn())
    })?;
    Ok(rows.into_iter().filter_map(|(id, salt)| Some((id, salt.try_into().ok()?))).collect())
}

/// What is known of the ids in these rows.
pub fn known(tx: &mut Tx<'_>, network_id: Id, log: Log, entries: &[Entry]) -> QueryResult<Known> {
    let mut known = Known { salts: salts(tx, network_id, entries)?, ..Known::default() };
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(known) };
    let rows: Vec<(i64, String, Vec<u8>)> = audit_erasures::table
        .filter(audit_erasures::network_id.eq(network_id))
        .filter(audit_erasures::log.eq(log))
        .filter(audit_erasures::number.between(first.number, last.number))
        .select((audit_erasures::number, audit_erasures::field, audit_erasures::digest))
        .load(tx.conn())?;
    for (number, field, digest) in rows {
        known.erased.entry((number, field)).or_default().push(digest);
    }
    Ok(known)
}

/// Stores new salts. Another server may have stored one of an id meanwhile: those that stand are read again.
pub fn add_salts(tx: &mut Tx<'_>, network_id: Id, salts: &[(Id, Salt)]) -> QueryResult<()> {
    for part in salts.chunks(MOST_ROWS) {
        let rows: Vec<_> = part
            .iter()
            .map(|(id, salt)| {
                (
                    audit_salts::network_id.eq(network_id),
                    audit_salts::subject_id.eq(*id),
                    audit_salts::salt.eq(salt.to_vec()),
                )
            })
            .collect();
        natively!(tx.conn(), c => diesel::insert_into(audit_salts::table)
            .values(rows)
            .on_conflict_do_nothing()
            .execute(c))?;
    }
    Ok(())
}

/// Puts digests in the place of ids that are erased: of a row by its number, and a field.
pub fn add_erasures(
    tx: &mut Tx<'_>,
    network_id: Id,
    log: Log,
    erased: &[(i64, &'static str, Vec<u8>)],
) -> QueryResult<()> {
    for part in erased.chunks(MOST_ROWS) {
        let rows: Vec<_> = part
            .iter()
            .map(|(number, field, digest)| {
                (
                    audit_erasures::network_id.eq(network_id),
                    audit_erasures::log.eq(log),
                    audit_erasures::number.eq(*number),
                    audit_erasures::field.eq(*field),
                    audit_erasures::digest.eq(digest.clone()),
                )
            })
            .collect();
        natively!(tx.conn(), c => diesel::insert_into(audit_erasures::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Where ids stand in the logs of a network: the number of the row, the field and the id.
pub fn standing(
    tx: &mut Tx<'_>,
    network_id: Id,
    log: Log,
    ids: &[Id],
) -> QueryResult<Vec<(i64, &'static str, Id)>> {
    macro_rules! look {
        ($table:ident, $column:ident, $field:expr) => {
            in_parts(ids, |part| {
                $table::table
                    .filter($table::network_id.eq(network_id))
                    .filter($table::$column.eq_any(part))
                    .select(($table::number, $table::$column.assume_not_null()))
                    .load::<(i64, Id)>(tx.conn())
            })?
            .into_iter()
            .map(|(number, id)| (number, $field, id))
        };
    }
    let mut found = Vec::new();
    match log {
        Log::Changes => {
            found.extend(look!(changes, actor_id, rules::ACTOR));
            let subjects: Vec<(i64, Id)> = in_parts(ids, |part| {
                changes::table
                    .filter(changes::network_id.eq(network_id))
                    .filter(changes::subject_id.eq_any(part))
                    .select((changes::number, changes::subject_id))
                    .load(tx.conn())
            })?;
            found.extend(subjects.into_iter().map(|(number, id)| (number, rules::SUBJECT, id)));
        }
        Log::Accesses => {
            found.extend(look!(accesses, person_id, rules::PERSON));
            found.extend(look!(accesses, acting_for, rules::ACTING_FOR));
            found.extend(look!(accesses, object_id, rules::OBJECT));
            let about: Vec<(i64, Id)> = in_parts(ids, |part| {
                access_subjects::table
                    .filter(access_subjects::network_id.eq(network_id))
                    .filter(access_subjects::subject_id.eq_any(part))
                    .select((access_subjects::number, access_subjects::subject_id))
                    .load(tx.conn())
            })?;
            found.extend(about.into_iter().map(|(number, id)| (number, rules::ABOUT, id)));
        }
    }
    Ok(found)
}

/// Blanks ids in a log that is open.
pub fn blank(tx: &mut Tx<'_>, network_id: Id, log: Log, ids: &[Id]) -> QueryResult<()> {
    macro_rules! blank {
        ($table:ident, $column:ident) => {
            for part in ids.chunks(MOST_ROWS) {
                let rows = $table::table
                    .filter($table::network_id.eq(network_id))
                    .filter($table::$column.eq_any(part));
                diesel::update(rows).set($table::$column.eq(Id::NIL)).execute(tx.conn())?;
            }
        };
    }
    match log {
        Log::Changes => {
            blank!(changes, actor_id);
            blank!(changes, subject_id);
        }
        Log::Accesses => {
            blank!(accesses, person_id);
            blank!(accesses, acting_for);
            blank!(accesses, object_id);
            for part in ids.chunks(MOST_ROWS) {
                let rows = access_subjects::table
                    .filter(access_subjects::network_id.eq(network_id))
                    .filter(access_subjects::subject_id.eq_any(part));
                diesel::delete(rows).execute(tx.conn())?;
            }
        }
    }
    Ok(())
}

/// Removes the salts of ids: what is left of their digests tells nothing from now on.
pub fn remove_salts(tx: &mut Tx<'_>, network_id: Id, ids: &[Id]) -> QueryResult<()> {
    for part in ids.chunks(MOST_ROWS) {
        let rows = audit_salts::table
            .filter(audit_salts::network_id.eq(network_id))
            .filter(audit_salts::subject_id.eq_any(part));
        diesel::delete(rows).execute(tx.conn())?;
    }
    Ok(())
}

/// How many ids of a log were erased.
pub fn erased(tx: &mut Tx<'_>, network_id: Id, log: Log) -> QueryResult<i64> {
    audit_erasures::table
        .filter(audit_erasures::network_id.eq(network_id))
        .filter(audit_erasures::log.eq(log))
        .count()
        .get_result(tx.conn())
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
