//! Ids in the logs that may have to be erased: where they stand, what their digests are salted with, and what is left of
//! those that were erased.

use super::rules::{self, Entry, Known, Salt};
use super::types::Log;
use crate::access::Tx;
use crate::db::dialect::MOST_ROWS;
use crate::db::schema::{access_subjects, accesses, audit_erasures, audit_salts, changes};
use crate::ids::Id;
use crate::natively;
use crate::store::in_parts;
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// The salts of the ids in these rows, as far as they have one.
pub fn of_rows(tx: &mut Tx<'_>, network_id: Id, entries: &[Entry]) -> QueryResult<HashMap<Id, Salt>> {
    let ids: BTreeSet<Id> = entries.iter().flat_map(|entry| entry.ids.iter().map(|(_, id)| *id)).collect();
    let ids: Vec<Id> = ids.into_iter().filter(|id| *id != Id::NIL).collect();
    of(tx, network_id, &ids)
}

/// The salts of ids.
pub fn of(tx: &mut Tx<'_>, network_id: Id, ids: &[Id]) -> QueryResult<HashMap<Id, Salt>> {
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
    let mut known = Known { salts: of_rows(tx, network_id, entries)?, ..Known::default() };
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
pub fn add(tx: &mut Tx<'_>, network_id: Id, salts: &[(Id, Salt)]) -> QueryResult<()> {
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
pub fn remove(tx: &mut Tx<'_>, network_id: Id, ids: &[Id]) -> QueryResult<()> {
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
