//! The loop itself: how far each observation of a cycle got, what is open, since when, and what it waits for.
//! Kernel to the cycle's closing and to reports, so that loose ends and open items are one thing.

pub mod legs;
pub mod rules;
mod store;

use crate::access::Tx;
use crate::error::Result;
use crate::ids::Id;
use crate::record::Record;
use rules::{Facts, OpenItems};
use serde::Serialize;

/// All facts of a cycle that figures are made of.
pub fn facts(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id) -> Result<Facts> {
    Ok(store::load(tx, network_id, cycle_id)?)
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
