//! Co-networks in the database.

use super::types::{CoNetwork, CoNetworkRow, CoNetworkState, JointCycle};
use crate::access::{Locate, Place, Tx};
use crate::clock::Instant;
use crate::db::schema::{co_networks, cycles, networks};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

crate::record_store!(co_networks, CoNetworkRow);

/// A co-network by its id. Both sides see it: who sees the cycle, and the members of the co-network.
#[derive(Clone)]
pub struct OneCoNetwork(pub Id);

impl Locate for OneCoNetwork {
    type Found = CoNetworkRow;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(CoNetworkRow, Place)>> {
        Ok(find(tx, self.0)?.map(|row| {
            let place = Place::cycle(row.network_id, row.cycle_id);
            let place = Place { co_network_id: Some(row.co_network_id), ..place };
            (row, place)
        }))
    }
}

/// As sent, with the co-network's name.
pub fn shown(tx: &mut Tx<'_>, row: CoNetworkRow) -> QueryResult<CoNetwork> {
    let name = networks::table
        .filter(networks::id.eq(row.co_network_id))
        .select(networks::name)
        .get_result(tx.conn())?;
    Ok(row.shown(name))
}

/// The networks invited to a cycle, whatever came of it.
pub fn of_cycle(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id, page: &Page) -> QueryResult<Vec<CoNetwork>> {
    let query = newest_first!(
        co_networks::table
            .inner_join(networks::table.on(networks::id.eq(co_networks::co_network_id)))
            .filter(co_networks::network_id.eq(network_id))
            .filter(co_networks::cycle_id.eq(cycle_id))
            .select((co_networks::all_columns, networks::name)),
        page,
        co_networks::created_at,
        co_networks::id
    );
    let rows: Vec<(CoNetworkRow, String)> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|(row, name)| row.shown(name)).collect())
}

/// Those that take part today.
pub fn taking_part(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id) -> QueryResult<Vec<CoNetworkRow>> {
    co_networks::table
        .filter(co_networks::network_id.eq(network_id))
        .filter(co_networks::cycle_id.eq(cycle_id))
        .filter(co_networks::state.eq(CoNetworkState::Accepted))
        .order(co_networks::id)
        .load(tx.conn())
}

/// Takes back what those that take part have agreed to. Answers with those that had.
pub fn forget_agreements(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id) -> QueryResult<Vec<CoNetwork>> {
    let agreed = co_networks::table
        .filter(co_networks::network_id.eq(network_id))
        .filter(co_networks::cycle_id.eq(cycle_id))
        .filter(co_networks::state.eq(CoNetworkState::Accepted))
        .filter(co_networks::agreed_to_close_at.is_not_null());
    let rows: Vec<(CoNetworkRow, String)> = agreed
        .inner_join(networks::table.on(networks::id.eq(co_networks::co_network_id)))
        .order(co_networks::co_network_id)
        .select((co_networks::all_columns, networks::name))
        .load(tx.conn())?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let now = tx.now;
    diesel::update(agreed)
        .set((
            co_networks::agreed_to_close_at.eq(None::<Instant>),
            co_networks::version.eq(co_networks::version + 1),
            co_networks::updated_at.eq(now),
        ))
        .execute(tx.conn())?;
    let forgotten = |(mut row, name): (CoNetworkRow, String)| {
        (row.agreed_to_close_at, row.version, row.updated_at) = (None, row.version + 1, now);
        row.shown(name)
    };
    Ok(rows.into_iter().map(forgotten).collect())
}

/// A network's invitation to a cycle that is open or accepted: one at most.
pub fn standing(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle_id: Id,
    co_network_id: Id,
) -> QueryResult<Option<CoNetworkRow>> {
    co_networks::table
        .filter(co_networks::network_id.eq(network_id))
        .filter(co_networks::cycle_id.eq(cycle_id))
        .filter(co_networks::co_network_id.eq(co_network_id))
        .filter(co_networks::state.eq_any([CoNetworkState::Invited, CoNetworkState::Accepted]))
        .get_result(tx.conn())
        .optional()
}

/// The cycles of others that a network was invited to.
pub fn joint_cycles(
    tx: &mut Tx<'_>,
    co_network_id: Id,
    state: Option<CoNetworkState>,
    page: &Page,
) -> QueryResult<Vec<JointCycle>> {
    let home = cycles::network_id.eq(co_networks::network_id).and(cycles::id.eq(co_networks::cycle_id));
    let mut query = newest_first!(
        co_networks::table
            .inner_join(cycles::table.on(home))
            .inner_join(networks::table.on(networks::id.eq(co_networks::network_id)))
            .filter(co_networks::co_network_id.eq(co_network_id))
            // Of a cycle that is shared no more, its own network alone knows how it goes on.
            .filter(co_networks::state.eq_any([CoNetworkState::Invited, CoNetworkState::Accepted]))
            .select((
                co_networks::id,
                cycles::id,
                networks::id,
                networks::name,
                cycles::learning_question,
                cycles::phase,
                co_networks::state,
                co_networks::created_at,
            )),
        page,
        co_networks::created_at,
        co_networks::id
    );
    if let Some(state) = state {
        query = query.filter(co_networks::state.eq(state));
    }
    query.load(tx.conn())
}
