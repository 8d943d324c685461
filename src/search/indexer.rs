//! Follows the change log, so that what was written can be found within a second. A write waits for none of this.

use super::index;
use crate::access::Access;
use crate::error::Result;
use crate::ids::Id;
use std::time::Duration;
use tokio::sync::watch;

/// Between two looks at the change log, while nothing happens.
const PAUSE: Duration = Duration::from_millis(400);
/// After a failure, such as a database that cannot be reached.
const PATIENCE: Duration = Duration::from_secs(5);
/// Changes that are followed in one transaction at most: it holds up other writers of SQLite for some milliseconds.
const BATCH: i64 = 50;
/// After each of these, where there is more to do: those who write go first.
const BREATH: Duration = Duration::from_millis(20);

/// Follows all networks until it is told to stop.
pub async fn follow(access: Access, mut stop: watch::Receiver<()>) {
    loop {
        let pause = match catch_up(&access, &stop).await {
            Ok(false) => PAUSE,
            Ok(true) => Duration::ZERO,
            Err(error) => {
                log::warn!("search could not follow what changed, and tries again: {error}");
                PATIENCE
            }
        };
        // The sender is gone when the server stops.
        if tokio::time::timeout(pause, stop.changed()).await.is_ok() {
            return;
        }
    }
}

/// Follows each network that has changed by one batch, so that one with much to do does not keep the others waiting.
/// Whether there is more to do.
async fn catch_up(access: &Access, stop: &watch::Receiver<()>) -> Result<bool> {
    let mut more = false;
    for (network_id, position) in access.survey(|tx| Ok(index::behind(tx)?)).await? {
        if stop.has_changed().is_err() {
            break;
        }
        if step(access, network_id, position).await? {
            more = true;
            tokio::time::sleep(BREATH).await;
        }
    }
    Ok(more)
}

/// Follows a network by one batch. Whether there may be more.
async fn step(access: &Access, network_id: Id, position: Option<i64>) -> Result<bool> {
    let from = match position {
        Some(position) => position,
        None => {
            access.console(move |tx| Ok(index::begin(tx, network_id)?)).await?;
            0
        }
    };
    // Read and stemmed on a reading thread: the transaction that writes is short. A record that changes in between has
    // a later change, which is followed in its turn.
    let Some(changed) = access.survey(move |tx| Ok(index::changed(tx, network_id, from, BATCH)?)).await?
    else {
        return Ok(false);
    };
    let (up_to, more) = (changed.up_to, changed.more);
    let moved = access
        .console(move |tx| {
            let moved = index::advance(tx, network_id, from, up_to)?;
            if moved {
                index::replace(tx, network_id, &changed.subjects, &changed.documents)?;
            }
            Ok(moved)
        })
        .await?;
    // Where another server was first, it goes on with this network.
    Ok(moved && more)
}
