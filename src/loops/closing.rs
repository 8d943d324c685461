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
use serde_json::Value;
use std::collections::{HashMap, HashSet};

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

/// Gives records that were removed other ids in the facts of closings: figures stay as they were decided on, and lead to
/// nobody any more. A cycle holds facts of its own records, and of actions that came along or went on.
pub fn forget(tx: &mut Tx<'_>, network_id: Id, gone: &HashSet<Id>) -> Result<()> {
    let kept: Vec<(Id, Json<Value>)> = closing_facts::table
        .filter(closing_facts::network_id.eq(network_id))
        .select((closing_facts::cycle_id, closing_facts::facts))
        .load(tx.conn())?;
    let others: HashMap<Id, Id> = gone.iter().map(|id| (*id, Id::new())).collect();
    for (cycle_id, Json(mut facts)) in kept {
        if !rename(&mut facts, &others) {
            continue;
        }
        let row = closing_facts::table
            .filter(closing_facts::network_id.eq(network_id))
            .filter(closing_facts::cycle_id.eq(cycle_id));
        let facts = Json(facts);
        natively!(tx.conn(), c => diesel::update(row).set(closing_facts::facts.eq(&facts)).execute(c))?;
    }
    Ok(())
}

/// Whether any of the ids was among the texts within.
fn rename(value: &mut Value, others: &HashMap<Id, Id>) -> bool {
    match value {
        Value::String(text) => {
            let other = text.parse().ok().and_then(|id: Id| others.get(&id));
            other.map(|other| *text = other.to_string()).is_some()
        }
        Value::Array(values) => values.iter_mut().fold(false, |any, value| rename(value, others) | any),
        Value::Object(members) => members.values_mut().fold(false, |any, value| rename(value, others) | any),
        _ => false,
    }
}
