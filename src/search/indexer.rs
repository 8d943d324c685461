//! Follows the change log, so that what was written can be found within a second. A write waits for none of this.

use super::index::{self, Behind};
use crate::access::Access;
use crate::change_log::pulse::Pulse;
use crate::clock::{self, Instant};
use crate::error::{Error, Result};
use crate::ids::Id;
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

/// Before another look, where another server was seen to follow: it may stop halfway.
const PAUSE: Duration = Duration::from_millis(400);
/// After a failure: of a database that cannot be reached, or of one network.
const PATIENCE: Duration = Duration::from_secs(5);
/// Changes that are followed in one transaction at most, of as many networks at most: it holds up other writers of SQLite
/// for some milliseconds.
const BATCH: i64 = 50;
/// After each of these, where there is more to do, at most: as long as it took, for others to come in between.
const BREATH: Duration = Duration::from_millis(20);
/// The same where requests wait for the database: those who write go first. What they write costs as much to follow.
const LONG_BREATH: Duration = Duration::from_millis(200);

/// Follows all networks until it is told to stop.
pub async fn follow(access: Access, mut pulse: Pulse, mut stop: watch::Receiver<()>) {
    let mut indexer = Indexer { access, failed: HashMap::new(), quiet_at: None, took: Duration::ZERO };
    loop {
        let written = *pulse.borrow_and_update();
        let pause = match indexer.catch_up(written, &stop).await {
            Ok(false) if indexer.quiet_at.is_some() => {
                tokio::select! {
                    changed = pulse.changed() => match changed {
                        Ok(()) => continue,
                        Err(_) => return,
                    },
                    _ = stop.changed() => return,
                }
            }
            Ok(false) => PAUSE,
            Ok(true) => indexer.breath(),
            Err(error) => {
                log::warn!("search could not follow what changed, and tries again: {error}");
                PATIENCE
            }
        };
        // The sender is gone when the server stops.
        if timeout(pause, stop.changed()).await.is_ok() {
            return;
        }
    }
}

struct Indexer {
    access: Access,
    /// Networks that could not be followed, and when each was tried.
    failed: HashMap<Id, Instant>,
    /// How many changes there were when none was behind.
    quiet_at: Option<i64>,
    /// How long the last batch took.
    took: Duration,
}

impl Indexer {
    fn breath(&self) -> Duration {
        if self.access.keeps_waiting() { LONG_BREATH } else { self.took.min(BREATH) }
    }

    /// Follows each network that has changed by a part of a batch. Whether there is more to do.
    async fn catch_up(&mut self, written: i64, stop: &watch::Receiver<()>) -> Result<bool> {
        if self.quiet_at == Some(written) {
            return Ok(false);
        }
        let (mut more, mut after) = (false, Id::NIL);
        loop {
            let behind = self.access.survey(move |tx| Ok(index::behind(tx, after, BATCH)?)).await?;
            let Some(last) = behind.last() else { break };
            after = last.network_id;
            let full = behind.len() as i64 == BATCH;
            more |= self.step(behind).await?;
            if !full || stop.has_changed().is_err() {
                break;
            }
            sleep(self.breath()).await;
        }
        // Not while anybody is behind: another server that follows them may stop halfway.
        self.quiet_at = (after == Id::NIL).then_some(written);
        Ok(more)
    }

    /// Follows these networks by one batch. Where it fails, each is followed by itself: only those stay behind that fail
    /// again. Whether there may be more.
    async fn step(&mut self, mut behind: Vec<Behind>) -> Result<bool> {
        let now = clock::now();
        let waits = |tried: &Instant| now.seconds_since(*tried) < PATIENCE.as_secs_f64();
        behind.retain(|network| !self.failed.get(&network.network_id).is_some_and(waits));
        let (mut apart, together): (Vec<Behind>, Vec<Behind>) =
            behind.into_iter().partition(|network| self.failed.contains_key(&network.network_id));
        let mut more = false;
        match self.batch(&together).await {
            Ok(left) => more |= left,
            // The database's fault, and no network's.
            Err(busy @ Error::Busy(_)) => return Err(busy),
            Err(_) => apart.extend(together),
        }
        for network in apart {
            match self.batch(std::slice::from_ref(&network)).await {
                Ok(left) => {
                    more |= left;
                    self.failed.remove(&network.network_id);
                }
                Err(busy @ Error::Busy(_)) => return Err(busy),
                Err(error) => {
                    let id = network.network_id;
                    log::warn!("search could not follow network {id}, and tries again: {error}");
                    self.failed.insert(id, clock::now());
                }
            }
            sleep(self.breath()).await;
        }
        Ok(more)
    }

    /// Follows these networks in one transaction. Whether there may be more.
    async fn batch(&mut self, networks: &[Behind]) -> Result<bool> {
        if networks.is_empty() {
            return Ok(false);
        }
        let began = clock::uptime();
        let lags: Vec<i64> = networks.iter().map(Behind::lag).collect();
        let shares: Vec<(Behind, i64)> = networks.iter().cloned().zip(shares(&lags, BATCH)).collect();
        // Read and stemmed on a reading thread: the transaction that writes is short. A record that changes in between has
        // a later change, which is followed in its turn.
        let changed = self.access.survey(move |tx| Ok(index::changed(tx, &shares)?)).await?;
        let more = self.access.console(move |tx| Ok(index::follow(tx, &changed)?)).await;
        self.took = clock::uptime().saturating_sub(began);
        more
    }
}

/// How many changes of each network go into a batch: as many of one as of another, but for those that have fewer.
fn shares(lags: &[i64], most: i64) -> Vec<i64> {
    let mut by_lag: Vec<usize> = (0..lags.len()).collect();
    by_lag.sort_by_key(|index| lags[*index]);
    let mut shares = vec![0; lags.len()];
    let mut left = most;
    for (place, index) in by_lag.into_iter().enumerate() {
        shares[index] = lags[index].min(left / (lags.len() - place) as i64);
        left -= shares[index];
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_shared_by_who_needs_it() {
        for (lags, expected) in [
            (&[][..], &[][..]),
            (&[3], &[3]),
            (&[900], &[50]),
            (&[900, 2, 1, 3], &[44, 2, 1, 3]),
            (&[30, 900, 10, 800], &[13, 14, 10, 13]),
            (&[7; 10], &[5; 10]),
            (&[900; 50], &[1; 50]),
        ] {
            assert_eq!(shares(lags, BATCH), expected, "{lags:?}");
        }
    }
}
