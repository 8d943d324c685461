//! Entries in the database, for their network. What of them is public: `published`.

use super::rules;
use super::types::{DossierEntry, DossierEntryFilter, EntryState};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{dossier_entries, insights};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

crate::record_store!(dossier_entries, DossierEntry);

/// An entry by its id.
#[derive(Clone)]
pub struct OneEntry(pub Id);

impl Locate for OneEntry {
    type Found = DossierEntry;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(DossierEntry, Place)>> {
        Ok(find(tx, self.0)?.map(|entry| {
            let place = Place::network(entry.network_id).by(entry.created_by);
            (entry, place)
        }))
    }
}

pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    filter: &DossierEntryFilter,
    page: &Page,
) -> QueryResult<Vec<DossierEntry>> {
    let mut query = newest_first!(
        dossier_entries::table.filter(dossier_entries::network_id.eq(network_id)),
        page,
        dossier_entries::created_at,
        dossier_entries::id
    );
    query = match filter.state {
        Some(state) => query.filter(dossier_entries::state.eq(state)),
        None => query.filter(dossier_entries::state.eq_any([EntryState::Proposed, EntryState::Approved])),
    };
    if let Some(theme_id) = filter.theme_id {
        query = query.filter(dossier_entries::theme_id.eq(theme_id));
    }
    if let Some(insight_id) = filter.insight_id {
        query = query.filter(dossier_entries::insight_id.eq(insight_id));
    }
    query.load(tx.conn())
}

/// Whether the insight that an entry was drawn from is shared with everyone now.
pub fn in_commons(tx: &mut Tx<'_>, entry: &DossierEntry) -> QueryResult<bool> {
    let (state, audience) = insights::table
        .filter(insights::network_id.eq(entry.network_id))
        .filter(insights::id.eq(entry.insight_id))
        .select((insights::state, insights::audience))
        .get_result(tx.conn())?;
    Ok(rules::in_commons(state, audience))
}

/// Whether another entry was approved that says the same insight for the same theme in the same language.
pub fn has_twin(tx: &mut Tx<'_>, entry: &DossierEntry) -> QueryResult<bool> {
    let twins = dossier_entries::table
        .filter(dossier_entries::network_id.eq(entry.network_id))
        .filter(dossier_entries::insight_id.eq(entry.insight_id))
        .filter(dossier_entries::theme_id.eq(entry.theme_id))
        .filter(dossier_entries::language.eq(entry.language))
        .filter(dossier_entries::state.eq(EntryState::Approved));
    diesel::select(diesel::dsl::exists(twins)).get_result(tx.conn())
}
