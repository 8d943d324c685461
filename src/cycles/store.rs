//! Cycles in the database.

use super::types::{Cycle, CycleFilter};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{action_carries, approach_versions, cycle_approaches, cycle_themes, cycles};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

crate::record_store!(cycles, Cycle);

/// A cycle by its id, whole.
#[derive(Clone)]
pub struct OneCycle(pub Id);

impl Locate for OneCycle {
    type Found = Cycle;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Cycle, Place)>> {
        Ok(find(tx, self.0)?.map(|cycle| {
            let place = Place::cycle(cycle.network_id, cycle.id);
            (cycle, place)
        }))
    }
}

pub fn list(tx: &mut Tx<'_>, network_id: Id, filter: &CycleFilter, page: &Page) -> QueryResult<Vec<Cycle>> {
    let mut query = newest_first!(
        cycles::table.filter(cycles::network_id.eq(network_id)),
        page,
        cycles::created_at,
        cycles::id
    );
    if let Some(phase) = filter.phase {
        query = query.filter(cycles::phase.eq(phase));
    }
    if let Some(theme_id) = filter.theme_id {
        let on_theme = cycle_themes::table
            .filter(cycle_themes::network_id.eq(network_id))
            .filter(cycle_themes::theme_id.eq(theme_id))
            .select(cycle_themes::cycle_id);
        query = query.filter(cycles::id.eq_any(on_theme));
    }
    query.load(tx.conn())
}

/// The cycle that goes on from this one.
pub fn successor(tx: &mut Tx<'_>, cycle: &Cycle) -> QueryResult<Option<Cycle>> {
    cycles::table
        .filter(cycles::network_id.eq(cycle.network_id))
        .filter(cycles::previous_cycle_id.eq(cycle.id))
        .get_result(tx.conn())
        .optional()
}

/// Records that the next cycle took an open action along.
pub fn carry(tx: &mut Tx<'_>, network_id: Id, action_id: Id, from: Id, to: Id) -> QueryResult<()> {
    let carried_at = tx.now;
    diesel::insert_into(action_carries::table)
        .values((
            action_carries::network_id.eq(network_id),
            action_carries::action_id.eq(action_id),
            action_carries::from_cycle_id.eq(from),
            action_carries::to_cycle_id.eq(to),
            action_carries::carried_at.eq(carried_at),
        ))
        .execute(tx.conn())
        .map(drop)
}

pub fn link(tx: &mut Tx<'_>, cycle: &Cycle) -> QueryResult<()> {
    for theme_id in cycle.theme_ids.iter() {
        diesel::insert_into(cycle_themes::table)
            .values((
                cycle_themes::network_id.eq(cycle.network_id),
                cycle_themes::cycle_id.eq(cycle.id),
                cycle_themes::theme_id.eq(theme_id),
            ))
            .execute(tx.conn())?;
    }
    let Some(approach_version_id) = cycle.approach_version_id else { return Ok(()) };
    diesel::insert_into(cycle_approaches::table)
        .values((
            cycle_approaches::network_id.eq(cycle.network_id),
            cycle_approaches::cycle_id.eq(cycle.id),
            cycle_approaches::approach_version_id.eq(approach_version_id),
        ))
        .execute(tx.conn())
        .map(drop)
}

pub fn unlink(tx: &mut Tx<'_>, cycle: &Cycle) -> QueryResult<()> {
    let themes = cycle_themes::table
        .filter(cycle_themes::network_id.eq(cycle.network_id))
        .filter(cycle_themes::cycle_id.eq(cycle.id));
    diesel::delete(themes).execute(tx.conn())?;
    let approaches = cycle_approaches::table
        .filter(cycle_approaches::network_id.eq(cycle.network_id))
        .filter(cycle_approaches::cycle_id.eq(cycle.id));
    diesel::delete(approaches).execute(tx.conn()).map(drop)
}

pub fn approach_version_stands(tx: &mut Tx<'_>, network_id: Id, id: Id) -> QueryResult<bool> {
    let version = approach_versions::table
        .filter(approach_versions::network_id.eq(network_id))
        .filter(approach_versions::id.eq(id));
    diesel::select(diesel::dsl::exists(version)).get_result(tx.conn())
}
