//! The access log in the database.

use super::rules;
use super::types::Access;
use crate::access::Tx;
use crate::clock::Instant;
use crate::db::dialect::MOST_ROWS;
use crate::db::schema::{
    access_streams, access_subjects, accesses, effect_calculations, networks, observation_pseudonyms,
    observations, perceptions, questions, returns,
};
use crate::error::Result;
use crate::ids::Id;
use crate::natively;
use crate::store::in_parts;
use diesel::prelude::*;
use diesel::upsert::excluded;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Writes accesses to the logs of their networks, in the order in which they are given, each with the pseudonyms that its
/// object is about. What was asked of a network that is not there goes to the server's own log.
pub fn append(tx: &mut Tx<'_>, accesses: Vec<Access>) -> Result<()> {
    let accesses = rules::without_repeats(accesses);
    let named: BTreeSet<Id> = accesses.iter().map(|access| access.network_id).collect();
    let named: Vec<Id> = named.into_iter().collect();
    let there: HashSet<Id> = in_parts(&named, |part| {
        networks::table.filter(networks::id.eq_any(part)).select(networks::id).load(tx.conn())
    })?
    .into_iter()
    .collect();
    let mut by_network: BTreeMap<Id, Vec<Access>> = BTreeMap::new();
    for mut access in accesses {
        if !there.contains(&access.network_id) {
            access.network_id = Id::NIL;
        }
        by_network.entry(access.network_id).or_default().push(access);
    }
    let counts = by_network.iter().map(|(network_id, group)| (*network_id, group.len() as i64)).collect();
    let last = take_numbers(tx, counts)?;
    for (network_id, group) in &mut by_network {
        let last = last.get(network_id).copied().unwrap_or_default();
        for (number, access) in (last - group.len() as i64 + 1..).zip(group) {
            access.number = number;
        }
    }
    let rows: Vec<Access> = by_network.into_values().flatten().collect();
    crate::insert_rows!(tx, accesses, rows, part => part.to_vec())?;
    let subjects = subjects(tx, &rows)?;
    let rows: Vec<_> = subjects
        .into_iter()
        .map(|(network_id, subject_id, number)| {
            (
                access_subjects::network_id.eq(network_id),
                access_subjects::subject_id.eq(subject_id),
                access_subjects::number.eq(number),
            )
        })
        .collect();
    for part in rows.chunks(MOST_ROWS) {
        natively!(tx.conn(), c => diesel::insert_into(access_subjects::table).values(part.to_vec()).execute(c))?;
    }
    Ok(())
}

/// Takes so many numbers of each network's stream; the last of them. The streams' rows are taken in the order of their
/// networks, and held until the transaction ends.
fn take_numbers(tx: &mut Tx<'_>, counts: Vec<(Id, i64)>) -> QueryResult<HashMap<Id, i64>> {
    let mut last = HashMap::new();
    for part in counts.chunks(MOST_ROWS) {
        let begun: Vec<_> = part
            .iter()
            .map(|(network_id, count)| {
                (access_streams::network_id.eq(*network_id), access_streams::last_access.eq(*count))
            })
            .collect();
        let taken: Vec<(Id, i64)> = natively!(tx.conn(), c => diesel::insert_into(access_streams::table)
            .values(begun)
            .on_conflict(access_streams::network_id)
            .do_update()
            .set(access_streams::last_access.eq(access_streams::last_access + excluded(access_streams::last_access)))
            .returning((access_streams::network_id, access_streams::last_access))
            .get_results(c))?;
        last.extend(taken);
    }
    Ok(last)
}

/// The pseudonyms that the objects of accesses are about: the network, the pseudonym and the number of the access.
fn subjects(tx: &mut Tx<'_>, rows: &[Access]) -> QueryResult<BTreeSet<(Id, Id, i64)>> {
    let mut by_kind: HashMap<&str, Vec<Id>> = HashMap::new();
    for row in rows.iter().filter(|row| row.network_id != Id::NIL) {
        if let (Some(kind), Some(id)) = (row.object_kind.as_deref(), row.object_id) {
            by_kind.entry(kind).or_default().push(id);
        }
    }
    let mut about: HashMap<Id, Vec<Id>> = HashMap::new();
    for (kind, mut ids) in by_kind {
        ids.sort_unstable();
        ids.dedup();
        for (id, subject_id) in of_kind(tx, kind, &ids)? {
            about.entry(id).or_default().push(subject_id);
        }
    }
    let of_row = |row: &Access| {
        let subjects = row.object_id.and_then(|id| about.get(&id)).cloned().unwrap_or_default();
        let (network_id, number) = (row.network_id, row.number);
        subjects.into_iter().map(move |subject_id| (network_id, subject_id, number))
    };
    Ok(rows.iter().flat_map(of_row).collect())
}

/// Records of a kind with the pseudonyms that each is about, as far as the record itself says so.
fn of_kind(tx: &mut Tx<'_>, kind: &str, ids: &[Id]) -> QueryResult<Vec<(Id, Id)>> {
    let named = |pairs: Vec<(Id, Option<Id>)>| pairs.into_iter().filter_map(|(id, about)| Some((id, about?)));
    Ok(match kind {
        "pseudonym" => ids.iter().map(|id| (*id, *id)).collect(),
        "question" => named(in_parts(ids, |part| {
            questions::table
                .filter(questions::id.eq_any(part))
                .select((questions::id, questions::pseudonym_id))
                .load(tx.conn())
        })?)
        .collect(),
        "return" => named(in_parts(ids, |part| {
            let asked =
                returns::network_id.eq(questions::network_id).and(returns::question_id.eq(questions::id));
            returns::table
                .inner_join(questions::table.on(asked))
                .filter(returns::id.eq_any(part))
                .select((returns::id, questions::pseudonym_id))
                .load(tx.conn())
        })?)
        .collect(),
        "observation" => {
            let mut pairs: Vec<(Id, Id)> = named(in_parts(ids, |part| {
                observations::table
                    .filter(observations::id.eq_any(part))
                    .select((observations::id, observations::on_behalf_of_pseudonym_id))
                    .load(tx.conn())
            })?)
            .collect();
            pairs.extend(in_parts(ids, |part| {
                let about = observation_pseudonyms::network_id
                    .eq(observations::network_id)
                    .and(observation_pseudonyms::observation_id.eq(observations::id));
                observations::table
                    .inner_join(observation_pseudonyms::table.on(about))
                    .filter(observations::id.eq_any(part))
                    .select((observations::id, observation_pseudonyms::pseudonym_id))
                    .load::<(Id, Id)>(tx.conn())
            })?);
            pairs
        }
        "perception" => named(in_parts(ids, |part| {
            perceptions::table
                .filter(perceptions::id.eq_any(part))
                .select((perceptions::id, perceptions::pseudonym_id))
                .load(tx.conn())
        })?)
        .collect(),
        "effect_calculation" => in_parts(ids, |part| {
            effect_calculations::table
                .filter(effect_calculations::id.eq_any(part))
                .select((effect_calculations::id, effect_calculations::pseudonym_id))
                .load(tx.conn())
        })?,
        _ => Vec::new(),
    })
}

/// All that have a stream of accesses.
pub fn networks(tx: &mut Tx<'_>) -> QueryResult<Vec<Id>> {
    access_streams::table.select(access_streams::network_id).load(tx.conn())
}

/// The first accesses of a network that are kept, so many at most: their numbers and moments.
pub fn oldest(tx: &mut Tx<'_>, network_id: Id, most: i64) -> QueryResult<Vec<(i64, Instant)>> {
    accesses::table
        .filter(accesses::network_id.eq(network_id))
        .order(accesses::number)
        .limit(most)
        .select((accesses::number, accesses::at))
        .load(tx.conn())
}

/// How many of a network's accesses were made before a moment.
pub fn count_before(tx: &mut Tx<'_>, network_id: Id, before: Instant) -> QueryResult<i64> {
    accesses::table
        .filter(accesses::network_id.eq(network_id))
        .filter(accesses::at.lt(before))
        .count()
        .get_result(tx.conn())
}

/// Removes a network's accesses up to a number, from a log that is open.
pub fn remove(tx: &mut Tx<'_>, network_id: Id, last: i64) -> QueryResult<()> {
    let subjects = access_subjects::table
        .filter(access_subjects::network_id.eq(network_id))
        .filter(access_subjects::number.le(last));
    diesel::delete(subjects).execute(tx.conn())?;
    let old = accesses::table.filter(accesses::network_id.eq(network_id)).filter(accesses::number.le(last));
    diesel::delete(old).execute(tx.conn()).map(drop)
}
