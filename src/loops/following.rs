//! From a figure to the records that it counts: the list queries that reports link to.

use super::counted::{self, Figure};
use super::days::Days;
use super::rules::{Dated, Facts};
use super::{CycleKey, TOGETHER, closing, facts, store};
use crate::access::Tx;
use crate::clock::Instant;
use crate::cycles::rules::CycleState;
use crate::error::{FieldError, Result};
use crate::http::page::Page;
use crate::ids::Id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// What figures are of.
#[derive(Clone, Copy, Debug)]
pub enum Scope {
    /// The cycle, closed at that moment if it is.
    Cycle {
        cycle: CycleKey,
        closed_at: Option<Instant>,
    },
    Network(Id),
}

impl Scope {
    pub fn network_id(&self) -> Id {
        match self {
            Scope::Cycle { cycle, .. } => cycle.network_id,
            Scope::Network(network_id) => *network_id,
        }
    }

    pub fn cycle_id(&self) -> Option<Id> {
        match self {
            Scope::Cycle { cycle, .. } => Some(cycle.id),
            Scope::Network(_) => None,
        }
    }
}

impl From<&CycleState> for Scope {
    fn from(state: &CycleState) -> Scope {
        let cycle = CycleKey { network_id: state.network_id, id: state.id };
        Scope::Cycle { cycle, closed_at: state.closed_at }
    }
}

/// The facts that figures are made of.
#[derive(Debug, Default)]
pub struct Told {
    pub facts: Facts,
    /// Of a closed cycle those at its closing.
    pub closing: Option<Facts>,
}

impl Told {
    /// Shows each record that a figure counts, once for each such figure.
    fn each(&self, at: Option<FigureMoment>, mut see: impl FnMut(Figure, Dated)) {
        match (at, &self.closing) {
            (None, closing) => {
                counted::each(&self.facts, &mut see);
                counted::each_case(&self.facts, &mut see);
                if let Some(closing) = closing {
                    counted::each_since(closing, &self.facts, see);
                }
            }
            (Some(FigureMoment::Closing), Some(closing)) => {
                counted::each(closing, &mut see);
                counted::each_case(closing, see);
            }
            (Some(FigureMoment::Closing), None) => {}
        }
    }
}

/// The moment that a figure is of, where it is not now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FigureMoment {
    /// When the cycle was closed; of one that goes on, nothing.
    Closing,
}

/// A figure of a report whose records are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Followed {
    pub figure: Figure,
    pub at: Option<FigureMoment>,
    /// Records that happened on these days.
    pub days: Days,
    /// Counted in the cycles that began on these days.
    pub cycles: Days,
}

/// The facts of the scope.
pub fn told(tx: &mut Tx<'_>, scope: Scope) -> Result<Told> {
    Ok(match scope {
        Scope::Network(network_id) => Told { facts: store::load_network(tx, network_id)?, closing: None },
        Scope::Cycle { cycle, closed_at } => {
            let facts = facts(tx, cycle.network_id, cycle.id)?;
            Told { facts, closing: at_closing(tx, cycle, closed_at)? }
        }
    })
}

/// The facts of those cycles of the scope that began on the days. What lies in an inbox lies in none.
fn told_of(tx: &mut Tx<'_>, scope: Scope, begun: &Days) -> Result<Told> {
    if *begun == Days::ALL {
        return told(tx, scope);
    }
    let cycles = store::begun(tx, scope.network_id(), scope.cycle_id(), begun)?;
    match scope {
        Scope::Cycle { .. } if cycles.is_empty() => Ok(Told::default()),
        Scope::Cycle { .. } => told(tx, scope),
        Scope::Network(_) => {
            let mut facts = Facts::default();
            for some in cycles.chunks(TOGETHER) {
                store::add_cycles(tx, some, &mut facts)?;
            }
            Ok(Told { facts, closing: None })
        }
    }
}

/// The facts of a cycle at its closing, and true; those of now where it is open or none were kept.
pub fn concluded(tx: &mut Tx<'_>, cycle: &CycleState) -> Result<(Facts, bool)> {
    let key = CycleKey { network_id: cycle.network_id, id: cycle.id };
    match at_closing(tx, key, cycle.closed_at)? {
        Some(facts) => Ok((facts, true)),
        None => Ok((facts(tx, cycle.network_id, cycle.id)?, false)),
    }
}

fn at_closing(tx: &mut Tx<'_>, cycle: CycleKey, closed_at: Option<Instant>) -> Result<Option<Facts>> {
    Ok(closed_at.map(|at| closing::facts_at(tx, cycle, at)).transpose()?.flatten())
}

/// A page of the records that a figure of the scope counts, newest first: one more than the page holds, to know whether another
/// follows. Of a figure at a closing all that follow: what was moved away or taken back since is left out by who reads them.
pub fn page(tx: &mut Tx<'_>, scope: Scope, followed: &Followed, page: &Page) -> Result<Vec<Id>> {
    let Followed { figure, at, days, cycles } = followed;
    let mut counted: Vec<(Instant, Id)> = Vec::new();
    told_of(tx, scope, cycles)?.each(*at, |seen, record| {
        let key = (record.happened_at, record.id);
        if seen == *figure && page.after.is_none_or(|after| key < after) && days.holds(record.happened_at) {
            counted.push(key);
        }
    });
    counted.sort_unstable_by(|one, other| other.cmp(one));
    if at.is_none() {
        counted.truncate(as_many_as(page));
    }
    Ok(counted.into_iter().map(|(_, id)| id).collect())
}

/// Records in the order of a list, as many as its page asks for.
pub fn newest_first<R>(mut records: Vec<R>, page: &Page, key: impl Fn(&R) -> (Instant, Id)) -> Vec<R> {
    records.sort_unstable_by_key(|record| Reverse(key(record)));
    records.truncate(as_many_as(page));
    records
}

fn as_many_as(page: &Page) -> usize {
    usize::try_from(page.fetch()).unwrap_or(usize::MAX)
}

/// Faults where a list is narrowed to what a figure counts and to something else besides (a figure counts what it counts), and
/// where what tells of figures alone is given without one.
pub fn figure_goes_alone<const N: usize>(
    figure: bool,
    narrowed: bool,
    of_figures: [(&'static str, bool); N],
    faults: &mut Vec<FieldError>,
) {
    if figure && narrowed {
        faults.push(FieldError::new("/figure", "inconsistent", "Goes with moments and days alone."));
    }
    let alone = of_figures.into_iter().filter(|(_, given)| *given && !figure);
    faults.extend(alone.map(|(pointer, _)| FieldError::new(pointer, "inconsistent", "Goes with figure.")));
}
