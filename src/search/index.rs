//! The documents in the database, and how far they follow each network's changes.

use super::documents::{Document, Searchable};
use super::types::Kind;
use crate::access::Tx;
use crate::db::dialect;
use crate::db::schema::{
    changes, insights, network_streams, observations, questions, reflections, search_documents,
    search_positions,
};
use crate::ids::Id;
use crate::insights::types::Insight;
use crate::natively;
use crate::observations::types::Observation;
use crate::questions::types::Question;
use crate::reflections::types::Reflection;
use diesel::prelude::*;
use std::collections::BTreeSet;
use strum::IntoEnumIterator;

/// Networks with changes that the documents do not have yet, and up to which change they go: none where there is no
/// document of the network at all.
pub fn behind(tx: &mut Tx<'_>) -> QueryResult<Vec<(Id, Option<i64>)>> {
    let position = search_positions::table.on(search_positions::network_id.eq(network_streams::network_id));
    natively!(tx.conn(), c => network_streams::table
        .left_join(position)
        .filter(network_streams::network_id.ne(Id::NIL))
        .filter(search_positions::indexed.is_null().or(network_streams::last_change.nullable().gt(search_positions::indexed.nullable())))
        .select((network_streams::network_id, search_positions::indexed.nullable()))
        .load(c))
}

/// Records of one network that changed, and up to which change they are known.
pub struct Changed {
    pub up_to: i64,
    /// Whether more may have changed since.
    pub more: bool,
    pub subjects: BTreeSet<Id>,
    /// Those of them that stand, as they are now.
    pub documents: Vec<Document>,
}

/// What changed after a change, by so many changes at most. None where nothing did.
pub fn changed(tx: &mut Tx<'_>, network_id: Id, after: i64, most: i64) -> QueryResult<Option<Changed>> {
    let rows: Vec<(i64, String, Id)> = natively!(tx.conn(), c => changes::table
        .filter(changes::network_id.eq(network_id))
        .filter(changes::number.gt(after))
        .order(changes::number)
        .limit(most)
        .select((changes::number, changes::kind, changes::subject_id))
        .load(c))?;
    let Some((up_to, ..)) = rows.last() else { return Ok(None) };
    let mut changed = Changed {
        up_to: *up_to,
        more: rows.len() as i64 == most,
        subjects: BTreeSet::new(),
        documents: Vec::new(),
    };
    for kind in Kind::iter() {
        let of_kind = |change: &str| change.split_once('.').is_some_and(|(of, _)| of == <&str>::from(kind));
        let subjects: BTreeSet<Id> =
            rows.iter().filter(|(_, change, _)| of_kind(change)).map(|(.., id)| *id).collect();
        if !subjects.is_empty() {
            let of_network = |document: &Document| document.network_id == network_id;
            changed.documents.extend(documents(tx, kind, &subjects)?.into_iter().filter(of_network));
            changed.subjects.extend(subjects);
        }
    }
    Ok(Some(changed))
}

/// Documents of those of these records that stand.
pub fn documents(tx: &mut Tx<'_>, kind: Kind, ids: &BTreeSet<Id>) -> QueryResult<Vec<Document>> {
    let stemmed = dialect::wants_stems(tx.conn());
    let connection = tx.conn();
    Ok(match kind {
        Kind::Observation => {
            let records: Vec<Observation> =
                observations::table.filter(observations::id.eq_any(ids)).load(connection)?;
            standing(&records, stemmed)
        }
        Kind::Reflection => {
            let records: Vec<Reflection> =
                reflections::table.filter(reflections::id.eq_any(ids)).load(connection)?;
            standing(&records, stemmed)
        }
        Kind::Question => {
            let records: Vec<Question> =
                questions::table.filter(questions::id.eq_any(ids)).load(connection)?;
            standing(&records, stemmed)
        }
        Kind::Insight => {
            let records: Vec<Insight> = insights::table.filter(insights::id.eq_any(ids)).load(connection)?;
            standing(&records, stemmed)
        }
    })
}

fn standing<R: Searchable>(records: &[R], stemmed: bool) -> Vec<Document> {
    records.iter().filter(|record| record.stands()).map(|record| Document::of(record, stemmed)).collect()
}

/// Moves a network's position on, unless somebody else did. Of several servers on one database only one gets past
/// this: PostgreSQL lets the others wait for the row, which then is not as they knew it.
pub fn advance(tx: &mut Tx<'_>, network_id: Id, from: i64, to: i64) -> QueryResult<bool> {
    let known = search_positions::table
        .filter(search_positions::network_id.eq(network_id))
        .filter(search_positions::indexed.eq(from));
    let moved = diesel::update(known).set(search_positions::indexed.eq(to)).execute(tx.conn())?;
    Ok(moved == 1)
}

/// Begins to follow a network, unless somebody else has just begun.
pub fn begin(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<()> {
    let position = (search_positions::network_id.eq(network_id), search_positions::indexed.eq(0_i64));
    natively!(tx.conn(), c => diesel::insert_into(search_positions::table)
        .values(position)
        .on_conflict_do_nothing()
        .execute(c))
    .map(drop)
}

/// Puts documents in the place of what was there for these records of the network.
pub fn replace(
    tx: &mut Tx<'_>,
    network_id: Id,
    subjects: &BTreeSet<Id>,
    documents: &[Document],
) -> QueryResult<()> {
    natively!(tx.conn(), c => {
        for id in subjects {
            let old = search_documents::table
                .filter(search_documents::id.eq(id))
                .filter(search_documents::network_id.eq(network_id));
            diesel::delete(old).execute(c)?;
        }
        for document in documents {
            diesel::insert_into(search_documents::table).values(document).execute(c)?;
        }
        Ok(())
    })
}

/// Keeps a network's documents as they are until the transaction ends, whoever else follows it. False where nobody
/// follows it yet.
pub fn hold(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<bool> {
    let position = search_positions::table.filter(search_positions::network_id.eq(network_id));
    let held = diesel::update(position)
        .set(search_positions::indexed.eq(search_positions::indexed))
        .execute(tx.conn())?;
    Ok(held == 1)
}

/// Records of a kind with their networks, by id, so many after an id.
pub fn records(tx: &mut Tx<'_>, kind: Kind, after: Id, most: i64) -> QueryResult<Vec<(Id, Id)>> {
    macro_rules! of {
        ($table:ident) => {
            natively!(tx.conn(), c => $table::table
                .filter($table::id.gt(after))
                .order($table::id)
                .limit(most)
                .select(($table::id, $table::network_id))
                .load(c))
        };
    }
    match kind {
        Kind::Observation => of!(observations),
        Kind::Reflection => of!(reflections),
        Kind::Question => of!(questions),
        Kind::Insight => of!(insights),
    }
}

/// Documents by their records' ids, so many after an id and a network.
pub fn stored(tx: &mut Tx<'_>, after: (Id, Id), most: i64) -> QueryResult<Vec<(Id, Id)>> {
    let (id, network_id) = after;
    natively!(tx.conn(), c => search_documents::table
        .filter(search_documents::id.ge(id))
        .filter(search_documents::id.gt(id).or(search_documents::network_id.gt(network_id)))
        .order((search_documents::id, search_documents::network_id))
        .limit(most)
        .select((search_documents::id, search_documents::network_id))
        .load(c))
}

/// Networks that nobody follows yet.
pub fn unfollowed(tx: &mut Tx<'_>) -> QueryResult<Vec<Id>> {
    Ok(behind(tx)?.into_iter().filter(|(_, position)| position.is_none()).map(|(id, _)| id).collect())
}
