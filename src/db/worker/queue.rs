//! What waits for the database's threads, and who is turned away.
//!
//! A queue that does not run empty has more to carry than it can: waiting longer helps nobody then, since whoever comes
//! later waits as long. After a while of that only so many may wait as are soon served; the others are turned away before anything
//! is done for them, those too who have waited since before (the idea of CoDel, RFC 8289, as servers use it). Before that all may
//! wait: a burst is carried. It is over once all that came was taken, and nobody turned away.

use super::job::{Due, Job, micros};
use crate::clock;
use crate::db::dialect::Purpose;
use crate::error::{Error, Result};
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, RwLock};
use std::time::Duration;

/// Jobs that may wait at all: a bound for memory.
const MOST: usize = 1024;
/// How long a queue may stand, neither empty nor getting there, before it has too much to carry.
const STANDING: Duration = Duration::from_millis(200);
/// As many as are served within this time may wait where there is too much to carry.
const SOON: Duration = Duration::from_millis(8);
/// So many may wait even then, however long each takes: 64 who ask at once, as in a busy hour, are carried with what the server
/// asks for itself.
const FEW: u64 = 80;
/// Over which time the pace of the threads is taken.
const WINDOW: Duration = Duration::from_millis(100);

const TOO_MUCH: &str = "there is more to do than the database can carry";

pub(super) struct Waiting {
    pub purpose: Purpose,
    pub job: Box<dyn Job>,
}

/// Where jobs are put.
#[derive(Clone)]
pub(super) struct Counter {
    sender: Sender<Waiting>,
    load: Arc<Load>,
}

/// Where the threads take them.
#[derive(Clone)]
pub(super) struct Queue {
    receiver: Receiver<Waiting>,
    load: Arc<Load>,
}

#[derive(Default)]
struct Load {
    /// Since when the threads leave something behind or somebody is turned away; 0 while they carry all. In microseconds of
    /// the program's life, as the others.
    standing_since: AtomicU64,
    /// When somebody was turned away last.
    refused_at: AtomicU64,
    /// Jobs taken since the window began, when that was, and how many are soon served at the pace of the one before.
    taken: AtomicU64,
    window_began: AtomicU64,
    soon: AtomicU64,
    /// What the threads do at present.
    dues: RwLock<Vec<Due>>,
}

pub(super) fn queue() -> (Counter, Queue) {
    let (sender, receiver) = bounded(MOST);
    let load = Arc::new(Load { soon: AtomicU64::new(MOST as u64), ..Load::default() });
    (Counter { sender, load: load.clone() }, Queue { receiver, load })
}

impl Counter {
    pub(super) fn put(&self, purpose: Purpose, job: Box<dyn Job>) -> Result<()> {
        if !job.is_own() {
            self.has_room()?;
        }
        match self.sender.try_send(Waiting { purpose, job }) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(_)) => Err(Error::Busy("the database's queue is full")),
            Err(TrySendError::Disconnected(_)) => Err(Error::Busy("the database's threads have stopped")),
        }
    }

    /// Whether a request that comes now would be taken: asked before anything is done for it.
    pub(super) fn has_room(&self) -> Result<()> {
        if self.load.stands() && self.sender.len() >= self.load.soon() {
            return Err(self.load.too_much());
        }
        self.moves()
    }

    /// Fails where none of the threads has got anywhere for longer than it should take.
    pub(super) fn moves(&self) -> Result<()> {
        let dues = self.load.dues.read().map_err(|_| Error::Busy("the database's threads have stopped"))?;
        match !dues.is_empty() && dues.iter().all(Due::is_over) {
            true => Err(Error::Busy("the database does not come to an end of what it is doing")),
            false => Ok(()),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sender.is_empty()
    }
}

impl Queue {
    /// What a thread does is told here.
    pub(super) fn attend(&self, due: Due) -> Result<(), String> {
        self.load.dues.write().map_err(|_| "the threads have stopped".to_owned())?.push(due);
        Ok(())
    }

    /// Waits for a job, and takes others with it: one in `share` of those that wait, `most` in all, and the
    /// server's own that stood among those turned away. None once nobody can put one here any more.
    pub(super) fn take(&self, most: usize, share: usize) -> Option<Vec<Waiting>> {
        loop {
            let first = self.receiver.recv().ok()?;
            let first = self.turn_away(first);
            let more = (self.receiver.len() / share).min(most - 1);
            let waited_for = |waiting: &Waiting| !waiting.job.is_abandoned();
            let all = first.into_iter().chain(self.receiver.try_iter().take(more));
            let taken: Vec<Waiting> = all.filter(waited_for).collect();
            self.load.took(taken.len() as u64, micros(clock::uptime()), self.receiver.is_empty());
            if !taken.is_empty() {
                return Some(taken);
            }
        }
    }

    /// Where there is too much to carry, turns away those above the number that may wait, who have waited longest. Gives back
    /// who is left of `first` and them.
    fn turn_away(&self, first: Waiting) -> Vec<Waiting> {
        let surplus =
            if self.load.stands() { self.receiver.len().saturating_sub(self.load.soon()) } else { 0 };
        if surplus == 0 {
            return vec![first];
        }
        let oldest = std::iter::once(first).chain(self.receiver.try_iter().take(surplus));
        let (own, others): (Vec<Waiting>, Vec<Waiting>) = oldest.partition(|waiting| waiting.job.is_own());
        others.into_iter().for_each(|waiting| waiting.job.answer(Err(self.load.too_much())));
        own
    }
}

impl Load {
    fn soon(&self) -> usize {
        self.soon.load(Relaxed) as usize
    }

    /// Tells somebody who is turned away.
    fn too_much(&self) -> Error {
        self.refused_at.store(micros(clock::uptime()), Relaxed);
        Error::Busy(TOO_MUCH)
    }

    fn stands(&self) -> bool {
        let since = self.standing_since.load(Relaxed);
        since != 0 && micros(clock::uptime()).saturating_sub(since) > micros(STANDING)
    }

    /// Several threads may count at once, and lose a little: these are figures to go by.
    fn took(&self, count: u64, now: u64, emptied: bool) {
        let refusing = now.saturating_sub(self.refused_at.load(Relaxed)) < micros(WINDOW)
            && self.refused_at.load(Relaxed) != 0;
        if emptied && !refusing {
            self.standing_since.store(0, Relaxed);
        } else {
            let _ = self.standing_since.compare_exchange(0, now, Relaxed, Relaxed);
        }
        let taken = self.taken.fetch_add(count, Relaxed) + count;
        let began = self.window_began.load(Relaxed);
        let passed = now.saturating_sub(began);
        if passed >= micros(WINDOW)
            && self.window_began.compare_exchange(began, now, Relaxed, Relaxed).is_ok()
        {
            self.taken.fetch_sub(taken, Relaxed);
            self.soon.store((taken * micros(SOON) / passed).max(FEW), Relaxed);
        }
    }
}
