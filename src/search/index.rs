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
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use strum::IntoEnumIterator;

/// A network with changes that the documents do not have yet.
#[derive(Clone, Debug, Queryable)]
pub struct Behind {
    pub network_id: Id,
    /// Up to which change the documents go: none where nobody follows the network yet.
    pub position: Option<i64>,
    last_change: i64,
}

impl Behind {
    fn from(&self) -> i64 {
        self.position.unwrap_or(0)
    }

    /// How many changes the documents lack. The numbers have no gaps.
    pub fn lag(&self) -> i64 {
        self.last_change - self.from()
    }
}

/// Networks that are behind, by id, so many after an id.
pub fn behind(tx: &mut Tx<'_>, after: Id, most: i64) -> QueryResult<Vec<Behind>> {
    let position = search_positions::table.on(search_positions::network_id.eq(network_streams::network_id));
    natively!(tx.conn(), c => network_streams::table
        .left_join(position)
        .filter(network_streams::network_id.gt(after))
        .filter(search_positions::indexed.is_null().or(network_streams::last_change.nullable().gt(search_positions::indexed.nullable())))
        .order(network_streams::network_id)
        .limit(most)
        .select((network_streams::network_id, search_positions::indexed.nullable(), network_streams::last_change))
        .load(c))
}

/// Records of one network that changed, and up to which change they are known.
pub struct Changed {
    network: Behind,
    up_to: i64,
    subjects: BTreeSet<Id>,
    /// Those of them that stand, as they are now.
    documents: Vec<Document>,
}

/// What changed in some networks beyond their positions, of each by so many changes at most.
pub fn changed(tx: &mut Tx<'_>, shares: &[(Behind, i64)]) -> QueryResult<BTreeMap<Id, Changed>> {
    let mut of_network = BTreeMap::new();
    let mut of_kind: BTreeMap<String, BTreeSet<Id>> = BTreeMap::new();
    for (network, most) in shares {
        let rows: Vec<(i64, String, Id)> = natively!(tx.conn(), c => changes::table
            .filter(changes::network_id.eq(network.network_id))
            .filter(changes::number.gt(network.from()))
            .order(changes::number)
            .limit(*most)
            .select((changes::number, changes::kind, changes::subject_id))
            .load(c))?;
        let up_to = rows.last().map_or(network.from(), |(number, ..)| *number);
        let mut subjects = BTreeSet::new();
        for (_, change, id) in rows {
            let kind = change.split_once('.').map_or("", |(kind, _)| kind);
            if Kind::from_str(kind).is_ok() {
                subjects.insert(id);
                of_kind.entry(kind.to_owned()).or_default().insert(id);
            }
        }
        let changed = Changed { network: network.clone(), up_to, subjects, documents: Vec::new() };
        of_network.insert(network.network_id, changed);
    }
    for kind in Kind::iter() {
        let Some(ids) = of_kind.get(<&str>::from(kind)) else { continue };
        for document in documents(tx, kind, ids)? {
            // A record that moved here meanwhile has a change here that tells of it.
            if let Some(changed) = of_network.get_mut(&document.network_id)
                && changed.subjects.contains(&document.id)
            {
                changed.documents.push(document);
            }
        }
    }
    Ok(of_network)
}

/// Brings the documents of some networks up to what changed, each unless somebody else did. Whether there is more to do
/// in any that was brought on: where another server was first, it goes on. Networks are taken in the order of their ids, as
/// by everybody, so that no two wait for each other.
pub fn follow(tx: &mut Tx<'_>, changes: &BTreeMap<Id, Changed>) -> QueryResult<bool> {
    let mut more = false;
    for (network_id, Changed { network, up_to, subjects, documents }) in changes {
        if network.position.is_none() {
            begin(tx, &[*network_id])?;
        }
        if advance(tx, *network_id, network.from(), *up_to)? {
            replace(tx, *network_id, subjects, documents)?;
            more |= *up_to < network.last_change;
        }
    }
    Ok(more)
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
fn advance(tx: &mut Tx<'_>, network_id: Id, from: i64, to: i64) -> QueryResult<bool> {
    let known = search_positions::table
        .filter(search_positions::network_id.eq(network_id))
        .filter(search_positions::indexed.eq(from));
    let moved = diesel::update(known).set(search_positions::indexed.eq(to)).execute(tx.conn())?;
    Ok(moved == 1)
}

/// Moves networks on to where they were, if they are not beyond: what changed up to there was read otherwise.
pub fn catch_up(tx: &mut Tx<'_>, networks: &[Behind]) -> QueryResult<()> {
    for Behind { network_id, last_change, .. } in networks {
        let behind = search_positions::table
            .filter(search_positions::network_id.eq(network_id))
            .filter(search_positions::indexed.lt(last_change));
        diesel::update(behind).set(search_positions::indexed.eq(last_change)).execute(tx.conn())?;
    }
    Ok(())
}

/// Begins to follow some networks, unless somebody else has just begun.
pub fn begin(tx: &mut Tx<'_>, network_ids: &[Id]) -> QueryResult<()> {
    let position = |id: &Id| (search_positions::network_id.eq(*id), search_positions::indexed.eq(0_i64));
    let positions: Vec<_> = network_ids.iter().map(position).collect();
    natively!(tx.conn(), c => diesel::insert_into(search_positions::table)
        .values(positions)
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
