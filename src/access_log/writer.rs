//! Writes what was noted: a transaction a second at most, and what is left when the server stops.

use super::store;
use super::types::Access;
use crate::access::Access as Door;
use crate::error::Result;
use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

/// From the first access that is noted until it is written.
const GATHER: Duration = Duration::from_secs(1);
/// Accesses that are written in one transaction at most; so many are not waited for.
const BATCH: usize = 5_000;
/// After a failure: what was noted is kept, and the queue behind it fills.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a failed batch is tried again once the server stops.
const LAST_TRIES: usize = 3;

/// Writes accesses until the server stops, and then what is left.
pub async fn follow(door: Door, mut stop: watch::Receiver<()>) {
    let Some(mut noted) = door.access_log().receiver() else { return };
    let mut batch = Vec::new();
    // The sender is gone when the server stops.
    while stop.has_changed().is_ok() {
        gather(&mut noted, &mut batch, &mut stop).await;
        if let Err(error) = write(&door, &mut batch).await {
            log::warn!("accesses could not be logged, and will be: {error}");
            let _ = timeout(PATIENCE, stop.changed()).await;
        }
    }
    for _ in 0..LAST_TRIES {
        while batch.len() < BATCH
            && let Ok(access) = noted.try_recv()
        {
            batch.push(access);
        }
        while !batch.is_empty() && write(&door, &mut batch).await.is_ok() {
            noted.recv_many(&mut batch, noted.len().min(BATCH)).await;
        }
        if batch.is_empty() {
            return;
        }
        sleep(PATIENCE / 4).await;
    }
    log::error!("{} accesses could not be logged before the server stopped", batch.len() + noted.len());
}

/// Waits for an access, and for others a little.
async fn gather(noted: &mut Receiver<Access>, batch: &mut Vec<Access>, stop: &mut watch::Receiver<()>) {
    if batch.is_empty() {
        tokio::select! {
            _ = noted.recv_many(batch, BATCH) => {}
            _ = stop.changed() => return,
        }
    }
    let fill =
        async { while batch.len() < BATCH && noted.recv_many(batch, BATCH - batch.len()).await > 0 {} };
    tokio::select! {
        _ = timeout(GATHER, fill) => {}
        _ = stop.changed() => {}
    }
}

/// Writes a batch, which is then empty; one that could not be written stays.
async fn write(door: &Door, batch: &mut Vec<Access>) -> Result<()> {
    if batch.is_empty() {
        return Ok(());
    }
    let to_write = std::mem::take(batch);
    let kept = to_write.clone();
    let written = door.console(move |tx| store::append(tx, to_write.clone())).await;
    if written.is_err() {
        *batch = kept;
    }
    written
}
