//! The loop itself: how far each observation of a cycle got, what is open, since when, and what it waits for.
//! Kernel to the cycle's closing and to reports, so that loose ends and open items are one thing.

mod among;
pub mod cells;
pub mod closing;
pub mod counted;
pub mod days;
pub mod figure;
pub mod figures;
pub mod following;
mod judging;
pub mod legs;
pub mod open_ends;
pub mod open_now;
mod open_sql;
pub mod rules;
mod store;
mod windows;

use crate::access::Tx;
use crate::error::Result;
use crate::ids::Id;
use crate::record::Record;
pub use among::CycleKey;
use rules::{Facts, OpenItems};
use serde::Serialize;
use std::ops::ControlFlow;
#[cfg(test)]
pub(crate) use tests::{listen, on_a_database};

/// All facts of a cycle that figures are made of.
pub fn facts(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id) -> Result<Facts> {
    let mut loaded = store::load(tx, &[CycleKey { network_id, id: cycle_id }])?;
    Ok(loaded.remove(&cycle_id).unwrap_or_default())
}

/// Cycles whose facts are in memory together.
const TOGETHER: usize = 500;

/// Shows the facts of many cycles one after the other. Loading them takes as many queries as it does for one, for each
/// [`TOGETHER`] of them.
pub fn each(tx: &mut Tx<'_>, cycles: &[CycleKey], mut show: impl FnMut(&CycleKey, Facts)) -> Result<()> {
    for some in cycles.chunks(TOGETHER) {
        let mut loaded = store::load(tx, some)?;
        for cycle in some {
            show(cycle, loaded.remove(&cycle.id).unwrap_or_default());
        }
    }
    Ok(())
}

/// Cycles that are read between two looks at whether to go on.
const AT_A_STEP: usize = 25;

/// The facts of all cycles of a network together, as [`following::told`] has them, read in steps of one moment. `step` is told
/// how many cycles were read of how many, at the beginning and after each step, and may break it off: none then.
pub fn network_in_steps(
    tx: &mut Tx<'_>,
    network_id: Id,
    mut step: impl FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Option<Facts>> {
    let cycles = store::cycles(tx, network_id)?;
    let (mut facts, mut read) = (Facts::default(), 0);
    if step(read, cycles.len()).is_break() {
        return Ok(None);
    }
    for some in cycles.chunks(AT_A_STEP) {
        store::add_cycles(tx, some, &mut facts)?;
        read += some.len();
        if step(read, cycles.len()).is_break() {
            return Ok(None);
        }
    }
    facts.inbox = store::inbox(tx, network_id)?;
    Ok(Some(facts))
}

/// What is open in a cycle: the loose ends of its closing.
pub fn open_items(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id) -> Result<OpenItems> {
    let now = tx.now;
    Ok(rules::open_items(&facts(tx, network_id, cycle_id)?, now))
}

/// An action that waits for its evaluation, as the change log names it.
#[derive(Serialize)]
pub struct OpenAction {
    pub network_id: Id,
    pub id: Id,
    pub cycle_id: Id,
    pub version: i32,
}

impl Record for OpenAction {
    const KIND: &'static str = "action";
    const PATH: &'static str = "actions";

    fn id(&self) -> Id {
        self.id
    }
    fn version(&self) -> i32 {
        self.version
    }
    fn digest(&self) -> &[u8] {
        &[]
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
    fn cycle_id(&self) -> Option<Id> {
        Some(self.cycle_id)
    }
}

/// The open actions of a cycle, its own and those carried into it.
pub fn open_actions(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id) -> Result<Vec<OpenAction>> {
    let facts = facts(tx, network_id, cycle_id)?;
    let ids: Vec<Id> = facts.open_actions().map(|action| action.id).collect();
    Ok(store::actions(tx, network_id, &ids)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Access;
    use crate::db::{Db, migrate};
    use diesel::connection::{Connection, InstrumentationEvent};
    use diesel::prelude::*;
    use diesel::sql_types::Text;
    use std::sync::{Arc, Mutex};

    /// Writes down the queries that are made from now on.
    pub fn listen(tx: &mut Tx<'_>) -> Arc<Mutex<Vec<String>>> {
        let made = Arc::new(Mutex::new(Vec::new()));
        let listener = made.clone();
        tx.conn().set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                listener.lock().expect("one at a time").push(query.to_string());
            }
        });
        made
    }

    /// The queries that the facts of so many cycles take.
    fn queries(tx: &mut Tx<'_>, cycles: usize) -> Result<Vec<String>> {
        let cycles: Vec<CycleKey> =
            (0..cycles).map(|_| CycleKey { network_id: Id::new(), id: Id::new() }).collect();
        let made = listen(tx);
        let mut shown = Vec::new();
        each(tx, &cycles, |cycle, _| shown.push(*cycle))?;
        assert_eq!(shown, cycles, "each is shown once, one that holds nothing too");
        let queries = made.lock().expect("one at a time").clone();
        Ok(queries)
    }

    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = Text)]
        detail: String,
    }

    /// What SQLite does for a query.
    pub fn steps(tx: &mut Tx<'_>, query: &str) -> Result<Vec<String>> {
        let plan: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {query}")).load(tx.conn())?;
        Ok(plan.into_iter().map(|step| step.detail).collect())
    }

    /// Runs work on a database of its own, with nothing in it.
    pub fn on_a_database(work: impl Fn(&mut Tx<'_>) -> Result<()> + Send + 'static) {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("loops.sqlite").display());
        migrate::run(&url).expect("a database");
        let db = Db::start(&url, 1).expect("a database");
        actix_web::rt::System::new().block_on(async {
            let access = Access::open(db, &[7; 32]).await.expect("a database");
            access.console(work).await.expect("it can be asked");
        });
    }

    #[test]
    fn the_facts_of_many_cycles_take_no_more_queries_than_those_of_one() {
        on_a_database(|tx| {
            let counted = |queries: Vec<String>| queries.len();
            let one = counted(queries(tx, 1)?);
            assert!(one > 5, "queries are counted");
            assert_eq!(counted(queries(tx, 0)?), 0);
            assert_eq!(counted(queries(tx, TOGETHER)?), one);
            assert_eq!(counted(queries(tx, TOGETHER + 1)?), 2 * one);
            Ok(())
        });
    }

    #[test]
    fn no_query_reads_more_than_the_cycles() {
        on_a_database(|tx| {
            for query in [queries(tx, 1)?, queries(tx, 3)?].concat() {
                let steps = steps(tx, &query)?;
                let whole = |step: &&String| step.starts_with("SCAN") && !step.contains("VALUES");
                // Carries are few: SQLite reads those of a network rather than look each up from an index.
                let network = |step: &&String| {
                    step.ends_with("(network_id=?)") && !step.starts_with("SEARCH action_carries")
                };
                assert!(steps.iter().any(|step| step.starts_with("SEARCH")), "{query}\n{steps:?}");
                assert!(!steps.iter().any(|step| whole(&step) || network(&step)), "{query}\n{steps:?}");
            }
            Ok(())
        });
    }
}
