//! A job as the database's threads see it, and how long its caller waits for it.

use super::Done;
use crate::clock;
use crate::db::AnyConnection;
use crate::db::dialect;
use crate::error::{Error, Result};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::oneshot;

/// What a job is given to be taken up, and each transaction to begin and to be made durable.
const STEP: Duration = Duration::from_secs(5);
/// The longest that the work itself may take before its caller is told to try again.
const WORK: Duration = Duration::from_secs(30);

/// What a thread does; each has a time after which nobody waits for it any longer.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Queued,
    Begin,
    Work,
    Commit,
}

impl Step {
    pub(super) fn limit(self) -> Duration {
        match self {
            // Behind one job that takes its time, and its commit.
            Step::Queued => 2 * STEP,
            Step::Begin | Step::Commit => STEP,
            Step::Work => WORK,
        }
    }
}

/// By when the present step is to be over, in microseconds of the program's life.
#[derive(Clone)]
pub(super) struct Due(Arc<AtomicU64>);

impl Due {
    /// With nothing to do.
    pub(super) fn never() -> Due {
        Due(Arc::new(AtomicU64::new(u64::MAX)))
    }

    pub(super) fn begin(&self, step: Step) {
        self.0.store(micros(clock::uptime() + step.limit()), Ordering::Relaxed);
    }

    pub(super) fn rest(&self) {
        self.0.store(u64::MAX, Ordering::Relaxed);
    }

    pub(super) fn is_over(&self) -> bool {
        self.left().is_zero()
    }

    /// Until the step is to be over; nothing where it should be.
    pub(super) fn left(&self) -> Duration {
        Duration::from_micros(self.0.load(Ordering::Relaxed).saturating_sub(micros(clock::uptime())))
    }
}

pub(super) fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// Run it (perhaps again), then say what became of the transaction.
pub(super) trait Job: Send {
    fn run(&mut self, connection: &mut AnyConnection) -> Outcome;
    fn answer(self: Box<Self>, transaction: Result<()>);
    fn begin(&self, step: Step);
    /// Whether nobody waits for it any longer.
    fn is_abandoned(&self) -> bool;
    /// Work of the server itself, which is little and on which answers depend: it is not turned away. It may well write
    /// nothing, so that its commit says nothing of the disk.
    fn is_own(&self) -> bool;
}

#[derive(PartialEq, Clone, Copy)]
pub(super) enum Outcome {
    Commit,
    Rollback,
    /// Failed in a way that may pass when it is run again.
    Again,
    /// The database itself failed: no place left, a file that cannot be read or written.
    Failed,
}

pub(super) struct Task<T, F> {
    work: F,
    result: Option<Result<T>>,
    reply: oneshot::Sender<Result<T>>,
    due: Due,
    own: bool,
}

impl<T, F> Task<T, F> {
    pub(super) fn new(work: F, reply: oneshot::Sender<Result<T>>, due: Due, own: bool) -> Task<T, F> {
        Task { work, result: None, reply, due, own }
    }
}

impl<T: Send, F: FnMut(&mut AnyConnection) -> Result<Done<T>> + Send> Job for Task<T, F> {
    fn run(&mut self, connection: &mut AnyConnection) -> Outcome {
        // A panic in one job must take neither the thread nor its neighbours' savepoints with it.
        let result = catch_unwind(AssertUnwindSafe(|| (self.work)(connection)))
            .unwrap_or_else(|_| Err(Error::internal("a handler panicked inside its transaction")));
        let (outcome, result) = match result {
            Ok(Done::Commit(value)) => (Outcome::Commit, Ok(value)),
            Ok(Done::Rollback(value)) => (Outcome::Rollback, Ok(value)),
            Err(Error::Database(e)) if dialect::may_succeed_again(&e) => {
                (Outcome::Again, Err(Error::Database(e)))
            }
            Err(Error::Database(e)) if dialect::took_too_long(&e) => {
                (Outcome::Rollback, Err(Error::Busy("the database took too long")))
            }
            Err(Error::Database(e)) if dialect::is_unusable(&e) => {
                log::error!("the database cannot be used: {e}");
                (Outcome::Failed, Err(Error::Busy("the database cannot be read or written")))
            }
            Err(error) => (Outcome::Rollback, Err(error)),
        };
        self.result = Some(result);
        outcome
    }

    fn answer(self: Box<Self>, transaction: Result<()>) {
        let result = self.result.unwrap_or_else(|| Err(Error::Busy("the database could not be reached")));
        // The caller may have hung up; its transaction stands all the same.
        let _ = self.reply.send(transaction.and(result));
    }

    fn begin(&self, step: Step) {
        self.due.begin(step);
    }

    fn is_abandoned(&self) -> bool {
        self.reply.is_closed()
    }

    fn is_own(&self) -> bool {
        self.own
    }
}
