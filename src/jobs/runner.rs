//! Does the jobs that wait, one at a time. An instance has a job for a short while, and holds it on while it goes on: another
//! takes it up only where that ended, as after a crash. What a job makes is read in a transaction that only reads, and
//! stored in a short one that ends the job too, so that it is there whole or not at all, and once.

use super::queue;
use super::rules::after_failure;
use super::types::{JobFailure, JobRow, Task};
use crate::access::{Access, Tx};
use crate::change_log::pulse::Pulse;
use crate::clock;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::kept_reports;
use crate::removal::reach;
use crate::reports::types::NetworkReport;
use crate::retention;
use std::ops::ControlFlow;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::sleep;

/// How long a job is an instance's without a sign of life.
const LEASE: chrono::Duration = chrono::Duration::seconds(5);
/// Between two looks at a job that is being done: whether it goes on, and how far it is.
const TICK: Duration = Duration::from_millis(250);
/// A job is held on at least so often, in ticks, even where it got no further.
const HOLD_ON: u32 = 6;
/// Between two looks for jobs at most, and at least.
const REST: Duration = Duration::from_secs(2);
const BREATH: Duration = Duration::from_millis(20);
/// After the database could not answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Does what waits, until `closing` is gone; what is being done then goes back into the queue.
pub async fn run(access: Access, mut pulse: Pulse, mut closing: watch::Receiver<()>) {
    while closing.has_changed().is_ok() {
        pulse.mark_unchanged();
        let pause = match work(&access, &mut closing).await {
            Ok(pause) => pause,
            Err(error) => {
                log::warn!("jobs could not be looked after, and will be: {error}");
                PATIENCE
            }
        };
        tokio::select! {
            changed = pulse.changed() => if changed.is_err() { break },
            () = sleep(pause) => {}
            _ = closing.changed() => {}
        }
    }
}

/// Does the next job, if there is one. How long there is nothing to do then.
async fn work(access: &Access, closing: &mut watch::Receiver<()>) -> Result<Duration> {
    let (next, free_at) = access.survey(|tx| Ok((queue::next(tx)?, queue::next_free_at(tx)?))).await?;
    let Some(found) = next else {
        let wait =
            free_at.map_or(REST, |at| Duration::from_secs_f64(at.seconds_since(clock::now()).max(0.0)));
        return Ok(wait.clamp(BREATH, REST));
    };
    if queue::is_given_up(&found) {
        log::error!("job {}: each server that took it up fell over", found.id);
        access.console(move |tx| fail(tx, &found, steps_of(&found), JobFailure::BrokenOff)).await?;
        return Ok(BREATH);
    }
    let taken = access.console(move |tx| Ok(queue::take(tx, &found, tx.now.plus(LEASE))?)).await?;
    if let Some(job) = taken {
        carry_out(access, job, closing).await?;
    }
    Ok(BREATH)
}

/// What a job made, before it is kept.
#[derive(Clone)]
enum Made {
    NetworkReport(Arc<NetworkReport>),
}

/// How far a job is, told from within the transaction that reads; and whether it is to go on.
#[derive(Default)]
struct Progress {
    done: AtomicI32,
    /// One more than it is; 0 while it is not known.
    total: AtomicI32,
    stopped: AtomicBool,
}

impl Progress {
    fn step(&self, done: usize, total: usize) -> ControlFlow<()> {
        self.done.store(i32::try_from(done).unwrap_or(i32::MAX), Ordering::Relaxed);
        // One more than it is, so that 0 says that it is not known yet.
        self.total.store(i32::try_from(total + 1).unwrap_or(i32::MAX), Ordering::Relaxed);
        if self.stopped.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    fn steps(&self) -> (i32, Option<i32>) {
        let total = self.total.load(Ordering::Relaxed);
        (self.done.load(Ordering::Relaxed), (total > 0).then(|| total - 1))
    }
}

async fn carry_out(access: &Access, job: JobRow, closing: &mut watch::Receiver<()>) -> Result<()> {
    if let Task::Retention(run_id) = job.task.0 {
        return in_steps(access, job, run_id, closing).await;
    }
    let progress = Arc::new(Progress::default());
    let making = {
        let (task, network_id, progress) = (job.task.0.clone(), job.network_id, progress.clone());
        access.survey(move |tx| make(tx, network_id, &task, &progress))
    };
    let mut making = pin!(making);
    let mut told = Told { steps: steps_of(&job), ticks: 0 };
    let made = loop {
        let open = closing.has_changed().is_ok();
        if !open {
            progress.stop();
        }
        tokio::select! {
            made = &mut making => break made,
            () = sleep(TICK) => match told.tell(access, &job, progress.steps()).await {
                Ok(true) => {}
                Ok(false) => progress.stop(),
                // What the next tick may do.
                Err(error) => log::warn!("how far job {} is could not be stored: {error}", job.id),
            },
            _ = closing.changed(), if open => {}
        }
    };
    let steps = progress.steps();
    match made {
        Ok(Some(made)) => {
            let (ours, report) = (job.clone(), made);
            if let Err(error) = access.console(move |tx| finish(tx, &ours, steps, &report)).await {
                fall_short(access, job, steps, error).await?;
            }
            Ok(())
        }
        // Broken off: it was cancelled, is another's by now, or the server ends.
        Ok(None) => access.console(move |tx| Ok(queue::put_back(tx, &job, tx.now, false)?)).await,
        Err(error) => fall_short(access, job, steps, error).await,
    }
}

/// Removes what is due, a part in each transaction: what is gone stays so, whatever becomes of the rest.
async fn in_steps(access: &Access, job: JobRow, run_id: Id, closing: &mut watch::Receiver<()>) -> Result<()> {
    let mut done = 0;
    loop {
        if closing.has_changed().is_err() {
            return access.console(move |tx| Ok(queue::put_back(tx, &job, tx.now, false)?)).await;
        }
        let ours = job.clone();
        let step = access.console(move |tx| {
            tx.take(ours.network_id)?;
            if !queue::hold(tx, &ours, (done, None), tx.now.plus(LEASE))? {
                return Ok(0);
            }
            tx.acting = ours.created_by;
            let removed = retention::step(tx, ours.network_id, run_id)?;
            if removed == 0
                && let Some(ended) = queue::end(tx, &ours, (done, Some(done)), Ok(()))?
            {
                tx.note("done", &ended);
            }
            Ok(i32::try_from(removed).unwrap_or(i32::MAX))
        });
        match step.await {
            Ok(0) => break,
            Ok(removed) => done = done.saturating_add(removed),
            Err(error) => return fall_short(access, job, (done, None), error).await,
        }
        sleep(BREATH).await;
    }
    if done > 0 {
        access.clean(&reach::touched()).await;
    }
    Ok(())
}

fn steps_of(job: &JobRow) -> (i32, Option<i32>) {
    (job.steps_done, job.steps_total)
}

/// What was last stored of a job's progress, and how many ticks ago.
struct Told {
    steps: (i32, Option<i32>),
    ticks: u32,
}

impl Told {
    /// Stores how far the job is, where it got further or has to be held on. Whether it still is this instance's.
    async fn tell(&mut self, access: &Access, job: &JobRow, steps: (i32, Option<i32>)) -> Result<bool> {
        let job = job.clone();
        self.ticks += 1;
        if steps == self.steps && self.ticks < HOLD_ON {
            return access.survey(move |tx| Ok(queue::is_ours(tx, &job)?)).await;
        }
        let ours = access.console(move |tx| Ok(queue::hold(tx, &job, steps, tx.now.plus(LEASE))?)).await?;
        *self = Told { steps, ticks: 0 };
        Ok(ours)
    }
}

/// Makes what the task is about, and writes nothing. None where it was broken off.
fn make(tx: &mut Tx<'_>, network_id: Id, task: &Task, progress: &Progress) -> Result<Option<Made>> {
    let step = |done, total| progress.step(done, total);
    match task {
        Task::NetworkReport(task) => {
            let report = kept_reports::make(tx, network_id, task, step)?;
            Ok(report.map(|report| Made::NetworkReport(Arc::new(report))))
        }
        Task::Retention(_) => Err(Error::internal("retention is done in steps")),
    }
}

/// Keeps what was made, unless the job was cancelled or taken up by another meanwhile.
fn finish(tx: &mut Tx<'_>, job: &JobRow, steps: (i32, Option<i32>), made: &Made) -> Result<()> {
    tx.take(job.network_id)?;
    if !queue::network_is_active(tx, job.network_id)? {
        return fail(tx, job, steps, JobFailure::NetworkArchived);
    }
    let Some(ended) = queue::end(tx, job, steps, Ok(()))? else { return Ok(()) };
    tx.acting = job.created_by;
    match (&job.task.0, made) {
        (Task::NetworkReport(task), Made::NetworkReport(report)) => {
            kept_reports::keep(tx, job.network_id, job.id, task, report)?;
        }
        (Task::Retention(_), _) => return Err(Error::internal("retention is done in steps")),
    }
    tx.note("done", &ended);
    Ok(())
}

/// An attempt that failed: the job waits for the next, or has failed.
async fn fall_short(access: &Access, job: JobRow, steps: (i32, Option<i32>), error: Error) -> Result<()> {
    log::error!("job {}, attempt {}: {error}", job.id, job.attempts);
    match after_failure(job.attempts, clock::now()) {
        Ok(due_at) => access.console(move |tx| Ok(queue::put_back(tx, &job, due_at, true)?)).await,
        Err(failure) => access.console(move |tx| fail(tx, &job, steps, failure)).await,
    }
}

/// Ends a job as failed, for a reason that tells nothing of the server's inside.
fn fail(tx: &mut Tx<'_>, job: &JobRow, steps: (i32, Option<i32>), failure: JobFailure) -> Result<()> {
    tx.take(job.network_id)?;
    if let Some(ended) = queue::end(tx, job, steps, Err(failure))? {
        tx.acting = job.created_by;
        tx.note("failed", &ended);
    }
    Ok(())
}
