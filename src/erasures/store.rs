//! Erasures in the database, and what they have to know of it.

use super::types::{Erasure, ErasureSubject, Receiver, ReceiverKind};
use crate::access::{Locate, Place, Tx};
use crate::co_networks::types::CoNetworkState;
use crate::db::schema::{
    co_networks, dossier_entries, erasures, pseudonyms, tombstones, webhooks, xapi_positions,
};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::natively;
use crate::newest_first;
use diesel::prelude::*;

/// An erasure by its id; those of people as far as the caller sees them: administrators do.
#[derive(Clone)]
pub struct OneErasure(pub Id);

impl Locate for OneErasure {
    type Found = Erasure;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Erasure, Place)>> {
        Ok(find(tx, self.0)?.map(|erasure| {
            let place = match erasure.network_id {
                Id::NIL => Place { private: true, for_admins: true, ..Place::default() },
                network_id => Place::network(network_id),
            };
            (erasure, place)
        }))
    }
}

pub fn find(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<Erasure>> {
    erasures::table.filter(erasures::id.eq(id)).get_result(tx.conn()).optional()
}

pub fn insert(tx: &mut Tx<'_>, erasure: &Erasure) -> QueryResult<()> {
    natively!(tx.conn(), c => diesel::insert_into(erasures::table).values(erasure).execute(c)).map(drop)
}

/// Those of a network; with the nil id, those of people.
pub fn list(tx: &mut Tx<'_>, network_id: Id, page: &Page) -> QueryResult<Vec<Erasure>> {
    let query = newest_first!(
        erasures::table.filter(erasures::network_id.eq(network_id)),
        page,
        erasures::created_at,
        erasures::id
    );
    query.load(tx.conn())
}

/// All of them, the oldest first, so many after one.
pub fn all(tx: &mut Tx<'_>, after: Id, most: i64) -> QueryResult<Vec<Erasure>> {
    erasures::table.filter(erasures::id.gt(after)).order(erasures::id).limit(most).load(tx.conn())
}

pub fn has_pseudonym(tx: &mut Tx<'_>, network_id: Id, id: Id) -> QueryResult<bool> {
    let found = pseudonyms::table.filter(pseudonyms::network_id.eq(network_id)).filter(pseudonyms::id.eq(id));
    diesel::select(diesel::dsl::exists(found)).get_result(tx.conn())
}

/// Whether somebody was erased already, at least as far as is asked for now.
pub fn was_erased(
    tx: &mut Tx<'_>,
    subject: ErasureSubject,
    subject_id: Id,
    with_records: bool,
) -> QueryResult<bool> {
    let found = erasures::table
        .filter(erasures::network_id.eq(Id::NIL))
        .filter(erasures::subject.eq(subject))
        .filter(erasures::subject_id.eq(subject_id))
        .filter(erasures::with_records.eq(true).or(erasures::with_records.eq(with_records)));
    diesel::select(diesel::dsl::exists(found)).get_result(tx.conn())
}

/// An id that an erasure left: its network, the id, the kind and the cycle.
pub type Buried = (Id, Id, String, Option<Id>);

/// The ids that an erasure left.
pub fn buried(tx: &mut Tx<'_>, erasure_id: Id) -> QueryResult<Vec<Buried>> {
    tombstones::table
        .filter(tombstones::removed_by.eq(erasure_id))
        .order((tombstones::network_id, tombstones::kind, tombstones::id))
        .select((tombstones::network_id, tombstones::id, tombstones::kind, tombstones::cycle_id))
        .load(tx.conn())
}

/// Leaves tombstones of an erasure that was carried out elsewhere, and later.
pub fn bury(tx: &mut Tx<'_>, erasure_id: Id, rows: &[(Id, Id, String, Option<Id>)]) -> QueryResult<()> {
    for part in rows.chunks(crate::db::dialect::MOST_ROWS) {
        let row = |(network_id, id, kind, cycle_id): &(Id, Id, String, Option<Id>)| {
            (
                tombstones::network_id.eq(*network_id),
                tombstones::id.eq(*id),
                tombstones::kind.eq(kind.clone()),
                tombstones::cycle_id.eq(*cycle_id),
                tombstones::removed_by.eq(erasure_id),
            )
        };
        let rows: Vec<_> = part.iter().map(row).collect();
        natively!(tx.conn(), c => diesel::insert_into(tombstones::table)
            .values(rows)
            .on_conflict_do_nothing()
            .execute(c))?;
    }
    Ok(())
}

/// Who outside may have been told of records of these cycles and of these insights: whoever is told of the network, and those
/// who see the cycles or the dossier. Which record each has read is not known.
pub fn told(tx: &mut Tx<'_>, network_id: Id, cycles: &[Id], insights: &[Id]) -> QueryResult<Vec<Receiver>> {
    let hooks: Vec<Id> = webhooks::table
        .filter(webhooks::network_id.eq(network_id))
        .order(webhooks::id)
        .select(webhooks::id)
        .load(tx.conn())?;
    let sharing: Vec<Id> = co_networks::table
        .filter(co_networks::network_id.eq(network_id))
        .filter(co_networks::cycle_id.eq_any(cycles))
        .filter(co_networks::state.eq(CoNetworkState::Accepted))
        .order(co_networks::co_network_id)
        .select(co_networks::co_network_id)
        .distinct()
        .load(tx.conn())?;
    let themes: Vec<Id> = dossier_entries::table
        .filter(dossier_entries::network_id.eq(network_id))
        .filter(dossier_entries::insight_id.eq_any(insights))
        .filter(dossier_entries::approved_at.is_not_null())
        .order(dossier_entries::theme_id)
        .select(dossier_entries::theme_id)
        .distinct()
        .load(tx.conn())?;
    let sent: Option<i64> = xapi_positions::table
        .filter(xapi_positions::network_id.eq(network_id))
        .select(xapi_positions::sent)
        .first(tx.conn())
        .optional()?;
    let of = |kind: ReceiverKind| move |id: Id| Receiver { kind, id: Some(id) };
    let mut told: Vec<Receiver> = hooks.into_iter().map(of(ReceiverKind::Webhook)).collect();
    told.extend(sharing.into_iter().map(of(ReceiverKind::Network)));
    told.extend(themes.into_iter().map(of(ReceiverKind::Theme)));
    if sent.is_some_and(|sent| sent > 0) {
        told.push(Receiver { kind: ReceiverKind::LearningRecordStore, id: None });
    }
    Ok(told)
}
