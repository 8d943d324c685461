//! The logs of a network, whose older end retention cuts off. The chains over them keep the hash up to which they are not
//! there any more, so a log that was cut is as whole as it was.

use super::types::RetainedKind;
use crate::access::Tx;
use crate::clock::Instant;
use crate::error::Result;
use crate::ids::Id;
use crate::{access_log, change_log};
use chrono::{Duration, NaiveDate};
use diesel::QueryResult;

/// A log, as it is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    Changes,
    Accesses,
}

impl Cut {
    /// The log that a kind is; none where it is of records.
    pub fn of(kind: RetainedKind) -> Option<Cut> {
        match kind {
            RetainedKind::Change => Some(Cut::Changes),
            RetainedKind::Access => Some(Cut::Accesses),
            _ => None,
        }
    }

    /// How many of a network's rows lie before a day.
    pub fn due(self, tx: &mut Tx<'_>, network_id: Id, before: NaiveDate) -> QueryResult<i64> {
        let before = self.kept_from(before, tx.now);
        match self {
            Cut::Changes => change_log::cut::due(tx, network_id, before),
            Cut::Accesses => access_log::cut::due(tx, network_id, before),
        }
    }

    /// Removes the oldest of them; how many, and none where it is done. Of changes the network's row is taken.
    pub fn step(self, tx: &mut Tx<'_>, network_id: Id, before: NaiveDate) -> Result<i64> {
        let before = self.kept_from(before, tx.now);
        match self {
            Cut::Changes => change_log::cut::step(tx, network_id, before),
            Cut::Accesses => access_log::cut::step(tx, network_id, before),
        }
    }

    /// The first day that is kept, whatever a rule says.
    fn kept_from(self, before: NaiveDate, now: Instant) -> NaiveDate {
        let days = match self {
            Cut::Changes => change_log::snapshots::KEPT_DAYS,
            Cut::Accesses => access_log::cut::KEPT_DAYS,
        };
        before.min(now.minus(Duration::days(days)).day())
    }
}
