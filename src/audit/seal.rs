//! Seals what was added to the logs: the chain goes on a little after the commit, so that no request waits for it. Of
//! several servers one seals a log at a time, since it takes the chain's row.

use super::rules::{self, Known};
use super::salts;
use super::store;
use super::types::{Log, Seal};
use crate::access::{Access, Tx};
use crate::error::{Error, Result};
use crate::ids::Id;
use std::time::Duration;
use strum::IntoEnumIterator;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

/// Rows of a stretch at most.
pub(super) const STRETCH: i64 = 500;
/// Networks that are looked at together.
const TOGETHER: i64 = 50;
/// Rows after which a transaction ends: it holds up other writers of SQLite for some milliseconds.
const MOST_ROWS: i64 = 500;
/// Between two looks at least: what was written meanwhile is one stretch of each network.
const SPACING: Duration = Duration::from_secs(2);
/// Between two looks at most: a command on the same file rings no bell here.
const REST: Duration = Duration::from_secs(30);
/// After each transaction, where there is more to do: who writes goes first.
const BREATH: Duration = Duration::from_millis(20);

/// Follows both logs of all networks until the server stops.
pub async fn follow(access: Access, mut stop: watch::Receiver<()>) {
    let mut bell = access.bell();
    // The sender is gone when the server stops.
    while stop.has_changed().is_ok() {
        bell.mark_unchanged();
        if let Err(error) = all(&access, &stop).await {
            log::warn!("the logs could not be sealed, and will be: {error}");
        }
        let _ = timeout(SPACING, stop.changed()).await;
        tokio::select! {
            _ = timeout(REST, bell.changed()) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Seals all that there is, unless told to stop: a few networks at a time, in the order of their ids.
pub async fn all(access: &Access, stop: &watch::Receiver<()>) -> Result<()> {
    for log in Log::iter() {
        let mut after = None;
        while stop.has_changed().is_ok() {
            let behind = access.survey(move |tx| Ok(store::behind(tx, log, after, TOGETHER)?)).await?;
            let Some(last) = behind.last().copied() else { break };
            // A log that has a gap gets no further, and keeps none behind it waiting.
            if access.console(move |tx| some(tx, &behind, log)).await? {
                after = Some(last);
            }
            sleep(BREATH).await;
        }
    }
    Ok(())
}

/// Seals logs of several networks in one transaction, as much as one may hold. Whether that was all of them.
fn some(tx: &mut Tx<'_>, networks: &[Id], log: Log) -> Result<bool> {
    let mut left = MOST_ROWS;
    for network_id in networks {
        loop {
            let sealed = step(tx, *network_id, log)?;
            left -= sealed;
            if left <= 0 {
                return Ok(false);
            }
            if sealed < STRETCH {
                break;
            }
        }
    }
    Ok(true)
}

/// Seals a log to its end, in a transaction that is going to change it.
pub fn to_the_end(tx: &mut Tx<'_>, network_id: Id, log: Log) -> Result<()> {
    while step(tx, network_id, log)? == STRETCH {}
    Ok(())
}

/// Seals the next stretch; how many rows it has. What lies behind a gap is not sealed: `audit verify` names it.
fn step(tx: &mut Tx<'_>, network_id: Id, log: Log) -> Result<i64> {
    let chain = store::take(tx, network_id, log)?;
    let mut entries = store::entries(tx, network_id, log, (chain.sealed_to, i64::MAX), STRETCH)?;
    let first = chain.sealed_to + 1;
    let in_order = entries.iter().zip(first..).take_while(|(entry, number)| entry.number == *number).count();
    if in_order < entries.len() {
        log::error!(
            "the log of {log} of network {network_id} has a gap after number {}",
            chain.sealed_to + in_order as i64
        );
        entries.truncate(in_order);
    }
    let Some(last) = entries.last().map(|entry| entry.number) else { return Ok(0) };
    let mut known = salts::of_rows(tx, network_id, &entries)?;
    let mut missing: Vec<Id> = entries.iter().flat_map(|entry| entry.ids.iter().map(|(_, id)| *id)).collect();
    missing.retain(|id| *id != Id::NIL && !known.contains_key(id));
    if !missing.is_empty() {
        missing.sort_unstable();
        missing.dedup();
        let made = missing.into_iter().map(|id| Ok((id, salt()?))).collect::<Result<Vec<_>>>()?;
        salts::add(tx, network_id, &made)?;
        // The other log of the network may be sealed at the same time, and salt the same id.
        known = salts::of_rows(tx, network_id, &entries)?;
    }
    let known = Known { salts: known, ..Known::default() };
    let digests: Vec<u8> = entries.iter().flat_map(|entry| entry.digest(network_id, log, &known)).collect();
    let hash = rules::stretch(&chain.hash, network_id, log, first, last, &digests).to_vec();
    let sealed_at = tx.now;
    store::add(tx, &Seal { network_id, log, last, first, digests, hash, sealed_at })?;
    Ok(last + 1 - first)
}

fn salt() -> Result<rules::Salt> {
    let mut salt = rules::Salt::default();
    getrandom::fill(&mut salt).map_err(Error::internal)?;
    Ok(salt)
}
