//! Writes what was noted, and what is left when the server stops: where there is little, into the log, a transaction a second at
//! most; where there is much, into the backlog, which is brought into the log when there is little again.

use super::types::Access;
use super::{backlog, store};
use crate::access::Access as Door;
use crate::clock::Stopwatch;
use crate::error::Result;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

/// From the first access that is noted until it is written.
const GATHER: Duration = Duration::from_secs(1);
/// How often it is looked how many there are meanwhile.
const LOOK: Duration = Duration::from_millis(20);
/// Accesses that are written in one transaction at most; so many are not waited for, and are much. (Each commit has SQLite's readers
/// forget what they know of the file.)
const BATCH: usize = 10_000;
/// Accesses that wait in the backlog at most. Beyond, they are brought in as fast as others come: some hundred MB of the disk.
const BACKLOG: usize = 250_000;
/// After a part of the backlog was brought in while requests wait to write, which go first.
const BREATH: Duration = Duration::from_millis(20);
/// After a failure: what was noted is kept, and the queue behind it fills.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a failed batch is tried again once the server stops.
const LAST_TRIES: usize = 3;

/// Writes accesses until the server stops, and then what is left.
pub async fn follow(door: Door, mut stop: watch::Receiver<()>) {
    let Some(mut noted) = door.access_log().receiver() else { return };
    let mut batch = Vec::new();
    // About how many wait in the backlog. When it was stopped or killed, the server may have left some there.
    let mut waiting = 1;
    if let Err(error) = catch_up(&door, &noted, &mut waiting, &stop).await {
        log::warn!("accesses that an earlier run left could not be logged, and will be: {error}");
    }
    // The sender is gone when the server stops.
    while stop.has_changed().is_ok() {
        let gathered = gather(&mut noted, &mut batch, &mut stop);
        if waiting == 0 {
            gathered.await;
        } else {
            let _ = timeout(GATHER, gathered).await;
        }
        let much = batch.len() == BATCH;
        let written = match write(&door, &mut batch, &mut waiting).await {
            Ok(()) if !much || waiting > BACKLOG => catch_up(&door, &noted, &mut waiting, &stop).await,
            written => written,
        };
        if let Err(error) = written {
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
        while !batch.is_empty() && write(&door, &mut batch, &mut waiting).await.is_ok() {
            noted.recv_many(&mut batch, noted.len().min(BATCH)).await;
        }
        if batch.is_empty() {
            return;
        }
        sleep(PATIENCE / 4).await;
    }
    log::error!("{} accesses could not be logged before the server stopped", batch.len() + noted.len());
}

/// Waits for an access, and for others a little. It looks for those now and then: to be woken by each would cost each a call of
/// the system.
async fn gather(noted: &mut Receiver<Access>, batch: &mut Vec<Access>, stop: &mut watch::Receiver<()>) {
    if batch.is_empty() {
        tokio::select! {
            _ = noted.recv_many(batch, BATCH) => {}
            _ = stop.changed() => return,
        }
    }
    let began = Stopwatch::start();
    while batch.len() + noted.len() < BATCH && began.elapsed() < GATHER {
        if timeout(LOOK, stop.changed()).await.is_ok() {
            break;
        }
    }
    let more = noted.len().min(BATCH.saturating_sub(batch.len()));
    if more > 0 {
        noted.recv_many(batch, more).await;
    }
}

/// Writes a batch, which is then empty; one that could not be written stays. Where there is much, or others wait that came
/// before, it goes into the backlog.
async fn write(door: &Door, batch: &mut Vec<Access>, waiting: &mut usize) -> Result<()> {
    if batch.is_empty() {
        return Ok(());
    }
    let (count, later) = (batch.len(), *waiting > 0 || batch.len() == BATCH);
    let accesses = Arc::new(std::mem::take(batch));
    let to_write = accesses.clone();
    let written = door.console(move |tx| match later {
        true => backlog::put(tx, &to_write),
        false => store::append(tx, to_write.to_vec()),
    });
    let written = written.await;
    match &written {
        Ok(()) if later => *waiting += count,
        Ok(()) => {}
        Err(_) => *batch = Arc::unwrap_or_clone(accesses),
    }
    written
}

/// Brings the backlog in, until there is much to write again; and where too many wait, until there are less.
async fn catch_up(
    door: &Door,
    noted: &Receiver<Access>,
    waiting: &mut usize,
    stop: &watch::Receiver<()>,
) -> Result<()> {
    while *waiting > 0 && (noted.len() < BATCH || *waiting > BACKLOG) && stop.has_changed().is_ok() {
        *waiting = match door.console(backlog::bring_in).await? {
            Some(count) => waiting.saturating_sub(count).max(1),
            None => 0,
        };
        if door.keeps_waiting() {
            sleep(BREATH).await;
        }
    }
    Ok(())
}
