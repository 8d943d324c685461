//! The access log's older end, cut off once it need not be kept longer. (NEN 7513 asks for five years at least of what
//! it is about.)

use super::store;
use super::types::Access as Accessed;
use crate::access::{Access, Tx};
use crate::audit;
use crate::audit::types::Log;
use crate::clock::{self, Instant};
use crate::error::{Error, Result};
use crate::ids::Id;
use chrono::{Duration, NaiveDate};
use diesel::QueryResult;

/// Accesses of so many days are kept whatever is asked: what went wrong is found out later than it happened.
pub const KEPT_DAYS: i64 = 30;
/// Accesses that are removed in one transaction.
const STRIDE: i64 = 1_000;

/// Removes all accesses of the days before `before` (Europe/Amsterdam), which lies `KEPT_DAYS` back at least. Answers with
/// their number. That it was done is an event of the log.
pub async fn cut(access: &Access, before: NaiveDate) -> Result<i64> {
    if before > clock::now().minus(Duration::days(KEPT_DAYS)).day() {
        let detail = format!("Accesses of the last {KEPT_DAYS} days are kept: choose an earlier day.");
        return Err(Error::conflict("too_recent", detail));
    }
    let networks = access.survey(|tx| Ok(store::networks(tx)?)).await?;
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

/// How many accesses of a network lie before a day.
pub fn due(tx: &mut Tx<'_>, network_id: Id, before: NaiveDate) -> QueryResult<i64> {
    store::count_before(tx, network_id, Instant::at_start_of(before))
}

/// Removes the oldest accesses of a network up to the first that is to stay: where a clock ran back, one too few.
pub fn step(tx: &mut Tx<'_>, network_id: Id, before: NaiveDate) -> Result<i64> {
    let oldest: Vec<(i64, Instant)> = store::oldest(tx, network_id, STRIDE)?;
    let old = oldest.iter().take_while(|(_, at)| at.day() < before).count();
    let Some((last, _)) = oldest[..old].last().copied() else { return Ok(0) };
    audit::cut(tx, network_id, Log::Accesses, last + 1, |tx| Ok(store::remove(tx, network_id, last)?))?;
    let cut = Accessed::by_command(tx.now, network_id, "cutAccesses");
    store::append(tx, vec![cut])?;
    Ok(old as i64)
}
