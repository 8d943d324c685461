//! Whether what is written can be made durable, as far as is known: what readiness is told by.

use crate::clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Nothing durable for so long, and a write of our own has to show that it can be.
const QUIET: Duration = Duration::from_secs(10);
/// Between two such writes at least, while they fail.
const AGAIN: Duration = Duration::from_secs(1);

/// What the threads that write tell, in milliseconds of the program's life.
#[derive(Clone, Default)]
pub struct Health(Arc<Told>);

#[derive(Default)]
struct Told {
    durable_at: AtomicU64,
    /// 0 where nothing failed since something was made durable.
    failed_at: AtomicU64,
    tried_at: AtomicU64,
}

/// What is to be known before somebody is told that all is well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Well,
    /// It failed a moment ago.
    Ill,
    /// Write something, and see.
    Try,
}

impl Health {
    pub(super) fn durable(&self) {
        self.0.durable_at.store(now(), Relaxed);
        self.0.failed_at.store(0, Relaxed);
    }

    pub(super) fn failed(&self) {
        self.0.failed_at.store(now(), Relaxed);
    }

    /// Answers `Try` to one caller at a time.
    pub(super) fn verdict(&self) -> Verdict {
        let (now, tried_at) = (now(), self.0.tried_at.load(Relaxed));
        let failing = self.0.failed_at.load(Relaxed) != 0;
        let fresh = millis(QUIET) > now.saturating_sub(self.0.durable_at.load(Relaxed));
        if !failing && fresh && self.0.durable_at.load(Relaxed) != 0 {
            return Verdict::Well;
        }
        let may_try = tried_at == 0 || now.saturating_sub(tried_at) >= millis(AGAIN);
        if may_try && self.0.tried_at.compare_exchange(tried_at, now, Relaxed, Relaxed).is_ok() {
            return Verdict::Try;
        }
        if failing { Verdict::Ill } else { Verdict::Well }
    }
}

fn now() -> u64 {
    // 0 is for what never was.
    millis(clock::uptime()).max(1)
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_is_tried_and_not_by_everybody_at_once() {
        let health = Health::default();
        assert_eq!(health.verdict(), Verdict::Try, "nothing is known yet");
        health.durable();
        assert_eq!(health.verdict(), Verdict::Well);
        health.failed();
        assert_eq!(health.verdict(), Verdict::Ill, "it was tried a moment ago");
        health.durable();
        assert_eq!(health.verdict(), Verdict::Well);
    }
}
