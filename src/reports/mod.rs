//! Reports: the figures of a cycle or of a network at one moment, each with the way back to its records. JSON and CSV are made
//! of the figures as they are; what people read is made of a document, which is made of them in the language of its reader.

pub mod ages;
pub mod api;
pub mod charts;
mod csv;
pub mod cycle;
pub mod document;
pub mod faces;
pub mod figures;
pub mod html;
mod labels;
mod links;
pub mod network;
pub mod over_time;
pub mod pdf;
pub mod responsible;
pub mod rules;
mod screens;
mod sections;
mod store;
mod travel;
pub mod types;
mod words;
pub mod xlsx;

use crate::access::{Seen, Tx};
use crate::change_log;
use crate::controllership;
use crate::cycles::rules::CycleState;
use crate::cycles::types::Cycle;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::loops;
use crate::loops::days::Days;
use crate::loops::following::{Scope, concluded, told};
use crate::loops::rules::Facts;
use crate::overviews;
use crate::themes;
use crate::themes::types::Theme;
pub use api::Wish;
use responsible::Responsible;
use rules::{CycleFindings, NetworkFindings, Predecessor};
use std::ops::ControlFlow;
use types::{CycleReport, NetworkReport, NetworkReportFilter, Travel};

/// Cycles that a report looks back on at most.
const PREDECESSORS: usize = 3;

/// A cycle's themes with what its report's validator is made of.
pub struct Marked {
    pub themes: Vec<Theme>,
    /// While this is the same, the report is: the network's change number, the versions of themes (they belong to no
    /// network), the adoptions of its insights (those are changes of other networks), the versions of the organisations that
    /// answer for its data, whether the caller sees the network, and the calendar day that ages are counted from.
    pub mark: String,
}

/// A cycle with its themes, marked.
pub fn mark_cycle(tx: &mut Tx<'_>, seen: &Seen<CycleState>) -> Result<Marked> {
    let network_id = seen.found.network_id;
    let themes = themes::of_cycle(tx, network_id, seen.found.id)?;
    // Which themes they are is told by the change number; of these, each version is higher than the one before.
    let titles: i32 = themes.iter().map(|theme| theme.version).sum();
    let mark = format!("{}-{titles}-{}", mark_network(tx, network_id)?, u8::from(sees_network(seen)));
    Ok(Marked { themes, mark })
}

/// While this is the same, the report of a network is, without its lineage.
pub fn mark_network(tx: &mut Tx<'_>, network_id: Id) -> Result<String> {
    let number = change_log::last_number(tx.conn(), network_id)?;
    let (adoptions, changed) = store::adoptions_mark(tx, network_id)?;
    let changed = changed.map_or(0, |at| at.micros());
    let answering = controllership::versions(tx, network_id)?;
    Ok(format!("{number}-{adoptions}-{changed}-{answering}-{}", tx.now.day()))
}

/// A guest of a cycle, or a co-network's member, is told nothing of the network around it.
fn sees_network<T>(seen: &Seen<T>) -> bool {
    seen.standing.member.is_some()
}

/// The report of a cycle.
pub fn of_cycle(tx: &mut Tx<'_>, seen: &Seen<CycleState>, themes: Vec<Theme>) -> Result<CycleReport> {
    let network_id = seen.found.network_id;
    let cycle = store::cycle(tx, network_id, seen.found.id)?.ok_or(Error::NotFound)?;
    let told = told(tx, Scope::from(&seen.found))?;
    let (_, pauses) = store::network(tx, network_id)?.ok_or(Error::NotFound)?;
    let (travel, predecessors) = if sees_network(seen) {
        let travel = travel(tx, network_id, Some(cycle.id), &Days::ALL)?;
        (Some(travel), Some(predecessors(tx, &cycle)?))
    } else {
        (None, None)
    };
    let responsible = responsible(tx, network_id)?;
    let found = CycleFindings { cycle, themes, told, pauses, travel, predecessors, responsible };
    Ok(rules::of_cycle(found, tx.now))
}

/// The report of a network.
pub fn of_network(tx: &mut Tx<'_>, network_id: Id, filter: &NetworkReportFilter) -> Result<NetworkReport> {
    let (days, facts) = (filter.days(), told(tx, Scope::Network(network_id))?.facts);
    let mut report = around(tx, network_id, days, facts)?;
    if filter.with_lineage() {
        let lineage = overviews::of_network(tx, network_id, days.into())?;
        report.from.0.extend(links::of_lineage(&lineage, &days));
        report.lineage = Some(lineage);
    }
    Ok(report)
}

/// The same report, made in steps: `step` is told how many cycles were read of how many, and may break it off; none then.
pub fn of_network_in_steps(
    tx: &mut Tx<'_>,
    network_id: Id,
    days: Days,
    step: impl FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Option<NetworkReport>> {
    let Some(facts) = loops::network_in_steps(tx, network_id, step)? else { return Ok(None) };
    around(tx, network_id, days, facts).map(Some)
}

/// What a network's report tells beside the facts, and it with them.
fn around(tx: &mut Tx<'_>, network_id: Id, days: Days, facts: Facts) -> Result<NetworkReport> {
    let (network, pauses) = store::network(tx, network_id)?.ok_or(Error::NotFound)?;
    let phases = store::phases(tx, network_id)?;
    let travel = travel(tx, network_id, None, &days)?;
    let responsible = responsible(tx, network_id)?;
    let found = NetworkFindings { network, days, phases, facts, pauses, travel, responsible };
    Ok(rules::of_network(found, tx.now))
}

fn responsible(tx: &mut Tx<'_>, network_id: Id) -> Result<Option<Responsible>> {
    let (named, organisations) = controllership::of_all(tx, &[network_id])?;
    Ok(named.get(&network_id).and_then(|named| Responsible::of(named, &organisations)))
}

/// Where the insights of a cycle or a network went; of a network also what it made of those of others.
fn travel(tx: &mut Tx<'_>, network_id: Id, cycle_id: Option<Id>, days: &Days) -> Result<Travel> {
    let shared = store::shared(tx, network_id, cycle_id)?;
    let adopted = store::adopted(tx, network_id, cycle_id)?;
    let received = match cycle_id {
        Some(_) => None,
        None => Some(store::received(tx, network_id)?),
    };
    Ok(travel::travel(shared, &adopted, received, days))
}

/// The cycles that this one goes on from, the latest first, with the facts that their own reports are made of.
fn predecessors(tx: &mut Tx<'_>, cycle: &Cycle) -> Result<Vec<Predecessor>> {
    let (mut found, mut previous) = (Vec::new(), cycle.previous_cycle_id);
    while let Some(id) = previous.filter(|_| found.len() < PREDECESSORS) {
        let Some(cycle) = store::cycle(tx, cycle.network_id, id)? else { break };
        previous = cycle.previous_cycle_id;
        let (facts, at_closing) = concluded(tx, &CycleState::from(&cycle))?;
        found.push(Predecessor { cycle, facts, at_closing });
    }
    Ok(found)
}
