//! Adoptions in the database.

use super::types::{Adoption, AdoptionFilter, LedgerEntry, LedgerFilter};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{adoptions, cycles, insights, networks};
use crate::error::Result;
use crate::http::page::Page;
use crate::http::truth::Truth;
use crate::ids::Id;
use crate::insights::types::InsightState;
use crate::tree::{self, INSIGHTS};
use crate::{newest_first, on_days};
use diesel::prelude::*;
use std::collections::HashMap;

crate::record_store!(adoptions, Adoption);

/// An adoption by its id.
#[derive(Clone)]
pub struct OneAdoption(pub Id);

impl Locate for OneAdoption {
    type Found = Adoption;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Adoption, Place)>> {
        Ok(find(tx, self.0)?.map(|adoption| {
            let place = Place::network(adoption.network_id).by(adoption.created_by);
            (adoption, place)
        }))
    }
}

/// The network's adoption of an insight, if there is one.
pub fn of_insight(tx: &mut Tx<'_>, network_id: Id, insight_id: Id) -> QueryResult<Option<Id>> {
    adoptions::table
        .filter(adoptions::network_id.eq(network_id))
        .filter(adoptions::insight_id.eq(insight_id))
        .select(adoptions::id)
        .get_result(tx.conn())
        .optional()
}

/// A network's adoptions, with how each insight stands now.
pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    filter: &AdoptionFilter,
    page: &Page,
) -> QueryResult<Vec<(Adoption, InsightState)>> {
    let mut query = newest_first!(
        adoptions::table
            .inner_join(insights::table.on(insights::id.eq(adoptions::insight_id)))
            .filter(adoptions::network_id.eq(network_id))
            .select((adoptions::all_columns, insights::state)),
        page,
        adoptions::created_at,
        adoptions::id
    );
    query = on_days!(query, filter.days(), adoptions::created_at);
    if let Some(decision) = filter.decision {
        query = query.filter(adoptions::decision.eq(decision));
    }
    if let Some(cycle_id) = filter.cycle_id {
        query = query.filter(adoptions::cycle_id.eq(cycle_id));
    }
    if let Some(state) = filter.insight_state {
        query = query.filter(insights::state.eq(state));
    }
    query.load(tx.conn())
}

/// Where an insight went: the adoptions of it and of all insights that were adapted from it, however far. What was shared
/// keeps the one it came from, hence there is one way to each.
pub fn ledger(
    tx: &mut Tx<'_>,
    insight_id: Id,
    filter: &LedgerFilter,
    page: &Page,
) -> QueryResult<Vec<LedgerEntry>> {
    let hops: HashMap<Id, i32> = if filter.direct == Some(Truth(true)) {
        HashMap::from([(insight_id, 1)])
    } else {
        let descent = tree::below(tx, INSIGHTS, insight_id)?;
        descent.iter().map(|node| (node.id, node.distance + 1)).collect()
    };
    let same_cycle =
        cycles::network_id.eq(adoptions::network_id).and(cycles::id.nullable().eq(adoptions::cycle_id));
    let mut query = newest_first!(
        adoptions::table
            .inner_join(networks::table.on(networks::id.eq(adoptions::network_id)))
            .left_join(cycles::table.on(same_cycle))
            .filter(adoptions::insight_id.eq_any(hops.keys().copied().collect::<Vec<_>>()))
            .select((
                adoptions::all_columns,
                networks::name,
                networks::locality,
                cycles::learning_question.nullable(),
            )),
        page,
        adoptions::created_at,
        adoptions::id
    );
    if let Some(decision) = filter.decision {
        query = query.filter(adoptions::decision.eq(decision));
    }
    let rows: Vec<(Adoption, String, Option<String>, Option<String>)> = query.load(tx.conn())?;
    let entry = |(adoption, network_name, locality, learning_question): (Adoption, _, _, _)| LedgerEntry {
        hop: hops.get(&adoption.insight_id).copied().unwrap_or_default(),
        adoption_id: adoption.id,
        insight_id: adoption.insight_id,
        network_id: adoption.network_id,
        network_name,
        locality,
        decision: adoption.decision,
        reason: adoption.reason,
        cycle_id: adoption.cycle_id,
        learning_question,
        adapted_insight_id: adoption.adapted_insight_id,
        results: adoption.results.0,
        created_at: adoption.created_at,
        updated_at: adoption.updated_at,
    };
    Ok(rows.into_iter().map(entry).collect())
}
