//! The facts of a cycle as they were at its closing. What was decided on was decided on these, so its figures stay as they
//! were; what came since is told beside them.

use super::{CycleKey, Facts, facts};
use crate::access::Tx;
use crate::clock::Instant;
use crate::db::schema::closing_facts;
use crate::db::types::Json;
use crate::error::Result;
use crate::ids::Id;
use crate::natively;
use diesel::prelude::*;

/// Keeps the facts of a cycle that is being closed, instead of those of an earlier closing.
pub fn keep(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id, closed_at: Instant) -> Result<()> {
    let facts = Json(facts(tx, network_id, cycle_id)?);
    natively!(tx.conn(), c => diesel::insert_into(closing_facts::table)
        .values((
            closing_facts::network_id.eq(network_id),
            closing_facts::cycle_id.eq(cycle_id),
            closing_facts::closed_at.eq(closed_at),
            closing_facts::facts.eq(&facts),
        ))
        .on_conflict((closing_facts::network_id, closing_facts::cycle_id))
        .do_update()
        .set((closing_facts::closed_at.eq(closed_at), closing_facts::facts.eq(&facts)))
        .execute(c))?;
    Ok(())
}

/// The facts at the closing; none of a cycle that was closed before they were kept.
pub fn facts_at(tx: &mut Tx<'_>, cycle: CycleKey, closed_at: Instant) -> Result<Option<Facts>> {
    let kept: Option<Json<Facts>> = closing_facts::table
        .filter(closing_facts::network_id.eq(cycle.network_id))
        .filter(closing_facts::cycle_id.eq(cycle.id))
        .filter(closing_facts::closed_at.eq(closed_at))
        .select(closing_facts::facts)
        .get_result(tx.conn())
        .optional()?;
    Ok(kept.map(|facts| facts.0))
}
