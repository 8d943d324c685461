//! The log's older end, cut off where an operator may not keep it longer. Who asks for what was cut is told so, with 410.

use super::snapshots::KEPT_DAYS;
use crate::access::{Access, Tx};
use crate::access_log;
use crate::access_log::types::Access as Accessed;
use crate::audit;
use crate::audit::types::Log;
use crate::clock::{self, Instant};
use crate::db::schema::{changes, network_streams};
use crate::error::{Error, Result};
use crate::ids::Id;
use chrono::{Duration, NaiveDate};
use diesel::prelude::*;

/// Changes that are removed in one transaction: other writers of the network wait for it.
const STRIDE: i64 = 1_000;

/// Removes all changes of the days before `before` (Europe/Amsterdam), which lies `KEPT_DAYS` back at least: whoever follows
/// the log has read them by then. Answers with their number.
pub async fn cut(access: &Access, before: NaiveDate) -> Result<i64> {
    if before > clock::now().minus(Duration::days(KEPT_DAYS)).day() {
        let detail = format!("Changes of the last {KEPT_DAYS} days are kept: choose an earlier day.");
        return Err(Error::conflict("too_recent", detail));
    }
    let networks: Vec<Id> = access
        .survey(|tx| Ok(network_streams::table.select(network_streams::network_id).load(tx.conn())?))
        .await?;
    let mut removed = 0;
    for network_id in networks {
        loop {
            let step = access.console(move |tx| step(tx, network_id, before)).await?;
            removed += step;
            if step < STRIDE {
                break;
            }
        }
    }
    Ok(removed)
}

/// How many changes of a network, the oldest, lie before a day.
pub fn due(tx: &mut Tx<'_>, network_id: Id, before: NaiveDate) -> QueryResult<i64> {
    changes::table
        .filter(changes::network_id.eq(network_id))
        .filter(changes::at.lt(Instant::at_start_of(before)))
        .count()
        .get_result(tx.conn())
}

/// Removes the oldest changes of a network up to the first that is to stay: where a clock ran back, one too few.
pub fn step(tx: &mut Tx<'_>, network_id: Id, before: NaiveDate) -> Result<i64> {
    let of_network = network_streams::table.filter(network_streams::network_id.eq(network_id));
    let first: i64 = of_network.select(network_streams::first_change).get_result(tx.conn())?;
    let oldest: Vec<(i64, Instant)> = changes::table
        .filter(changes::network_id.eq(network_id))
        .filter(changes::number.ge(first))
        .order(changes::number)
        .limit(STRIDE)
        .select((changes::number, changes::at))
        .load(tx.conn())?;
    let Some((last, _)) = oldest.into_iter().take_while(|(_, at)| at.day() < before).last() else {
        return Ok(0);
    };
    // First the row that writers take first.
    diesel::update(of_network).set(network_streams::first_change.eq(last + 1)).execute(tx.conn())?;
    audit::cut(tx, network_id, Log::Changes, last + 1, |tx| {
        let old = changes::table.filter(changes::network_id.eq(network_id)).filter(changes::number.le(last));
        Ok(diesel::delete(old).execute(tx.conn()).map(drop)?)
    })?;
    // The chain shows how far the log was cut, and this when.
    let cut = Accessed::by_command(tx.now, network_id, "cutChanges");
    access_log::append(tx, vec![cut])?;
    Ok(last + 1 - first)
}
