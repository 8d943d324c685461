//! Legal holds in the database.

use super::types::{LegalHold, LegalHoldFilter, LegalHoldState};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{cycles, legal_holds, pseudonyms};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

crate::record_store!(legal_holds, LegalHold);

/// A hold by its id.
#[derive(Clone)]
pub struct OneLegalHold(pub Id);

impl Locate for OneLegalHold {
    type Found = LegalHold;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(LegalHold, Place)>> {
        Ok(find(tx, self.0)?.map(|hold| {
            let place = Place::network(hold.network_id);
            (hold, place)
        }))
    }
}

pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    filter: &LegalHoldFilter,
    page: &Page,
) -> QueryResult<Vec<LegalHold>> {
    let mut query = newest_first!(
        legal_holds::table.filter(legal_holds::network_id.eq(network_id)),
        page,
        legal_holds::created_at,
        legal_holds::id
    );
    if let Some(state) = filter.state {
        query = query.filter(legal_holds::state.eq(state));
    }
    query.load(tx.conn())
}

/// The holds that are active in a network, the oldest first.
pub fn active(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Vec<LegalHold>> {
    legal_holds::table
        .filter(legal_holds::network_id.eq(network_id))
        .filter(legal_holds::state.eq(LegalHoldState::Active))
        .order((legal_holds::created_at, legal_holds::id))
        .load(tx.conn())
}

pub fn has_cycle(tx: &mut Tx<'_>, network_id: Id, id: Id) -> QueryResult<bool> {
    let found = cycles::table.filter(cycles::network_id.eq(network_id)).filter(cycles::id.eq(id));
    diesel::select(diesel::dsl::exists(found)).get_result(tx.conn())
}

pub fn has_pseudonym(tx: &mut Tx<'_>, network_id: Id, id: Id) -> QueryResult<bool> {
    let found = pseudonyms::table.filter(pseudonyms::network_id.eq(network_id)).filter(pseudonyms::id.eq(id));
    diesel::select(diesel::dsl::exists(found)).get_result(tx.conn())
}
