//! What reports tell beside the facts of the loop.

use super::types::ReportedNetwork;
use crate::access::Tx;
use crate::adoptions::types::Decision;
use crate::clock::Instant;
use crate::cycles::types::{Cycle, Phase};
use crate::db::schema::{adoptions, cycles, insights, networks};
use crate::db::types::Json;
use crate::ids::Id;
use crate::insights::types::InsightState;
use crate::networks::types::Pause;
use diesel::dsl::{count_star, max};
use diesel::prelude::*;

/// A network, and when it rests.
pub fn network(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<(ReportedNetwork, Vec<Pause>)>> {
    let row: Option<(Id, _, _, _, Json<Vec<Pause>>)> = networks::table
        .filter(networks::id.eq(id))
        .select((networks::id, networks::name, networks::kind, networks::locality, networks::pauses))
        .get_result(tx.conn())
        .optional()?;
    Ok(row.map(|(id, name, kind, locality, pauses)| (ReportedNetwork { id, name, kind, locality }, pauses.0)))
}

/// A cycle of the network.
pub fn cycle(tx: &mut Tx<'_>, network_id: Id, id: Id) -> QueryResult<Option<Cycle>> {
    cycles::table
        .filter(cycles::network_id.eq(network_id))
        .filter(cycles::id.eq(id))
        .get_result(tx.conn())
        .optional()
}

/// In which phases the network's cycles are.
pub fn phases(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Vec<Phase>> {
    cycles::table.filter(cycles::network_id.eq(network_id)).select(cycles::phase).load(tx.conn())
}

/// The insights that a network shared, of one cycle or of all: id, title, when. The last shared first.
pub fn shared(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle_id: Option<Id>,
) -> QueryResult<Vec<(Id, String, Instant)>> {
    let mut query = insights::table
        .filter(insights::network_id.eq(network_id))
        .filter(insights::state.eq(InsightState::Shared))
        .order((insights::shared_at.desc(), insights::id.desc()))
        .select((insights::id, insights::title, insights::shared_at.assume_not_null()))
        .into_boxed();
    if let Some(cycle_id) = cycle_id {
        query = query.filter(insights::cycle_id.eq(cycle_id));
    }
    query.load(tx.conn())
}

/// What others made of the insights that a network shared, of one cycle or of all: each insight's id with a decision.
pub fn adopted(tx: &mut Tx<'_>, network_id: Id, cycle_id: Option<Id>) -> QueryResult<Vec<(Id, Decision)>> {
    let mut query = insights::table
        .inner_join(adoptions::table.on(adoptions::insight_id.eq(insights::id)))
        .filter(insights::network_id.eq(network_id))
        .filter(insights::state.eq(InsightState::Shared))
        .select((insights::id, adoptions::decision))
        .into_boxed();
    if let Some(cycle_id) = cycle_id {
        query = query.filter(insights::cycle_id.eq(cycle_id));
    }
    query.load(tx.conn())
}

/// What tells whether the adoptions by others of a network's insights are still the same: how many there are, and when one
/// of them was last changed. They are changes of other networks, so this one's stream does not tell.
pub fn adoptions_mark(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<(i64, Option<Instant>)> {
    insights::table
        .inner_join(adoptions::table.on(adoptions::insight_id.eq(insights::id)))
        .filter(insights::network_id.eq(network_id))
        .select((count_star(), max(adoptions::updated_at)))
        .get_result(tx.conn())
}

/// What the network made of insights of others, and when it said so.
pub fn received(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Vec<(Decision, Instant)>> {
    adoptions::table
        .filter(adoptions::network_id.eq(network_id))
        .select((adoptions::decision, adoptions::created_at))
        .load(tx.conn())
}
