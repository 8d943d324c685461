//! Removing records: by an erasure, or since their time is over. What goes is first collected in a plan (`marks`), then taken
//! out of everything that holds it (`statements`, table by table as `reach` declares), by set and in the transaction that also
//! tells the change log. What is left of a record is its id, with its kind: a tombstone.

pub mod kinds;
pub mod marks;
pub mod plan;
pub mod reach;
mod statements;
mod template;
pub mod tombstones;
pub mod types;

use crate::access::Tx;
use crate::db::dialect;
use crate::db::schema::effect_squares;
use crate::db::types::Json;
use crate::error::Result;
use crate::ids::Id;
use crate::{loops, natively};
use diesel::prelude::*;
use plan::{Fate, Planned};
use serde_json::Value;
use statements::{BURY, LINKS, LISTS, UNLINK, unlinked};
use std::collections::HashSet;
pub use template::{Given, run};
use types::KindCount;

/// Completes a plan: what cannot be without what is removed, and what has to let go of it.
pub fn complete(tx: &mut Tx<'_>, given: &Given, with_drafts: bool) -> Result<Vec<KindCount>> {
    marks::mark(tx, Fate::Removed, marks::BELOW, given)?;
    if with_drafts {
        marks::mark(tx, Fate::Removed, marks::DRAFTS, given)?;
        marks::mark(tx, Fate::Removed, marks::BELOW, given)?;
    }
    marks::mark(tx, Fate::Unlinked, unlinked::MARKS, given)?;
    Ok(plan::counts(tx)?)
}

/// Carries a plan out, and notes each record that it is about: `what` happened to those that are gone.
pub fn carry_out(tx: &mut Tx<'_>, given: &Given, what: &str) -> Result<Vec<Planned>> {
    let gone = plan::load(tx, Fate::Removed)?;
    if gone.is_empty() {
        return Ok(gone);
    }
    let ids: HashSet<Id> = gone.iter().map(|record| record.id).collect();
    let kept = plan::load(tx, Fate::Unlinked)?;
    unlink(tx, given, &kept, &ids)?;
    loops::closing::forget(tx, given.network_id, &ids)?;
    for (_, links) in LINKS {
        for statement in *links {
            run(tx, statement, given)?;
        }
    }
    for kind in kinds::ALL {
        let text = format!("DELETE FROM {} WHERE network_id = {{network}} AND id IN {{removed}}", kind.table);
        run(tx, &text, given)?;
    }
    run(tx, BURY, given)?;
    for record in &gone {
        tx.note_trace(what, record.trace(given.network_id)?);
    }
    for record in &kept {
        tx.note_trace("updated", record.trace(given.network_id)?);
    }
    plan::begin(tx)?;
    Ok(gone)
}

/// Takes what is removed out of the records that stay, which are other than they were.
fn unlink(tx: &mut Tx<'_>, given: &Given, kept: &[Planned], gone: &HashSet<Id>) -> Result<()> {
    for (_, statement) in UNLINK {
        run(tx, statement, given)?;
    }
    for (table, column) in LISTS {
        let rest = dialect::without_removed(tx.conn(), table, column);
        let text = format!(
            "UPDATE {table} SET {column} = {rest} WHERE network_id = {{network}} AND id IN {{unlinked}}"
        );
        run(tx, &text, given)?;
    }
    let squares = kept.iter().filter(|record| record.is(kinds::EFFECT_SQUARE)).map(|record| record.id);
    let squares: Vec<(Id, Json<Value>)> = effect_squares::table
        .filter(effect_squares::network_id.eq(given.network_id))
        .filter(effect_squares::id.eq_any(squares))
        .select((effect_squares::id, effect_squares::initiatives))
        .load(tx.conn())?;
    for (id, Json(mut initiatives)) in squares {
        without(&mut initiatives, gone);
        let square = effect_squares::table
            .filter(effect_squares::network_id.eq(given.network_id))
            .filter(effect_squares::id.eq(id));
        let initiatives = Json(initiatives);
        natively!(tx.conn(), c => diesel::update(square)
            .set(effect_squares::initiatives.eq(&initiatives))
            .execute(c))?;
    }
    for (kind, _) in unlinked::MARKS {
        let table = kind.table;
        let text = format!(
            "UPDATE {table} SET version = version + 1, updated_at = {{now}} \
             WHERE network_id = {{network}} AND id IN {{unlinked}}"
        );
        run(tx, &text, given)?;
    }
    Ok(())
}

/// Takes ids out of all lists within.
fn without(value: &mut Value, gone: &HashSet<Id>) {
    let is_gone = |value: &Value| {
        value.as_str().and_then(|text| text.parse().ok()).is_some_and(|id| gone.contains(&id))
    };
    match value {
        Value::Array(values) => {
            values.retain(|value| !is_gone(value));
            values.iter_mut().for_each(|value| without(value, gone));
        }
        Value::Object(members) => members.values_mut().for_each(|value| without(value, gone)),
        _ => {}
    }
}
