//! Jobs in the database, for those who do them. Who has taken one up knows it by its attempt: what was cancelled, or taken
//! up by another since, is not theirs any more.

use super::rules::MOST_ATTEMPTS;
use super::types::{JobFailure, JobRow, JobState};
use crate::access::Tx;
use crate::clock::Instant;
use crate::db::schema::{jobs, networks};
use crate::ids::Id;
use crate::networks::types::NetworkState;
use diesel::prelude::*;

/// Waits and is due, or was let fall by the one who had it. A macro, since its type cannot be written.
macro_rules! free {
    ($now:expr) => {{
        let waits = jobs::state.eq(JobState::Queued).and(jobs::due_at.le($now));
        let fallen = jobs::state.eq(JobState::Running).and(jobs::held_until.le($now));
        waits.or(fallen)
    }};
}

/// A job that this attempt still has.
macro_rules! ours {
    ($job:expr) => {
        jobs::table
            .filter(jobs::network_id.eq($job.network_id))
            .filter(jobs::id.eq($job.id))
            .filter(jobs::state.eq(JobState::Running))
            .filter(jobs::attempts.eq($job.attempts))
    };
}

/// The job that has been free the longest.
pub fn next(tx: &mut Tx<'_>) -> QueryResult<Option<JobRow>> {
    let now = tx.now;
    jobs::table.filter(free!(now)).order((jobs::due_at, jobs::id)).first(tx.conn()).optional()
}

/// When a job will be free that is not now.
pub fn next_free_at(tx: &mut Tx<'_>) -> QueryResult<Option<Instant>> {
    let due: Option<Instant> = jobs::table
        .filter(jobs::state.eq(JobState::Queued))
        .order(jobs::due_at)
        .select(jobs::due_at)
        .first(tx.conn())
        .optional()?;
    let held: Option<Option<Instant>> = jobs::table
        .filter(jobs::state.eq(JobState::Running))
        .order(jobs::held_until)
        .select(jobs::held_until)
        .first(tx.conn())
        .optional()?;
    Ok(due.into_iter().chain(held.flatten()).min())
}

/// Takes a job up until a moment, as it was found, unless another did meanwhile.
pub fn take(tx: &mut Tx<'_>, found: &JobRow, until: Instant) -> QueryResult<Option<JobRow>> {
    let now = tx.now;
    let as_found = jobs::table
        .filter(jobs::network_id.eq(found.network_id))
        .filter(jobs::id.eq(found.id))
        .filter(jobs::attempts.eq(found.attempts))
        .filter(free!(now));
    let mut job = found.clone();
    job.state = JobState::Running;
    job.attempts += 1;
    job.held_until = Some(until);
    job.started_at = job.started_at.or(Some(now));
    let taken = diesel::update(as_found)
        .set((
            jobs::state.eq(job.state),
            jobs::attempts.eq(job.attempts),
            jobs::held_until.eq(job.held_until),
            jobs::started_at.eq(job.started_at),
        ))
        .execute(tx.conn())?;
    Ok((taken == 1).then_some(job))
}

/// Whether the job is still this attempt's.
pub fn is_ours(tx: &mut Tx<'_>, job: &JobRow) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(ours!(job))).get_result(tx.conn())
}

/// Holds the job on, and stores how far it is. False where it is not this attempt's any more.
pub fn hold(
    tx: &mut Tx<'_>,
    job: &JobRow,
    (done, total): (i32, Option<i32>),
    until: Instant,
) -> QueryResult<bool> {
    let held = diesel::update(ours!(job))
        .set((jobs::steps_done.eq(done), jobs::steps_total.eq(total), jobs::held_until.eq(until)))
        .execute(tx.conn())?;
    Ok(held == 1)
}

/// Ends the job, whose network's row this transaction holds. None where it is not this attempt's any more, and nothing that
/// came of it may stay.
pub fn end(
    tx: &mut Tx<'_>,
    job: &JobRow,
    (done, total): (i32, Option<i32>),
    outcome: Result<(), JobFailure>,
) -> QueryResult<Option<JobRow>> {
    let mut ended = job.clone();
    ended.state = if outcome.is_ok() { JobState::Done } else { JobState::Failed };
    ended.problem = outcome.err();
    (ended.steps_done, ended.steps_total) = (done, total);
    ended.ended_at = Some(tx.now);
    ended.held_until = None;
    ended.version += 1;
    let rows = diesel::update(ours!(job))
        .set((
            jobs::state.eq(ended.state),
            jobs::problem.eq(ended.problem),
            jobs::steps_done.eq(done),
            jobs::steps_total.eq(total),
            jobs::ended_at.eq(ended.ended_at),
            jobs::held_until.eq(ended.held_until),
            jobs::version.eq(ended.version),
        ))
        .execute(tx.conn())?;
    Ok((rows == 1).then_some(ended))
}

/// Puts the job back into the queue, due from a moment on. An attempt that the server's own end cut short is not counted.
pub fn put_back(tx: &mut Tx<'_>, job: &JobRow, due_at: Instant, counted: bool) -> QueryResult<()> {
    let attempts = if counted { job.attempts } else { job.attempts - 1 };
    diesel::update(ours!(job))
        .set((
            jobs::state.eq(JobState::Queued),
            jobs::attempts.eq(attempts),
            jobs::due_at.eq(due_at),
            jobs::held_until.eq(None::<Instant>),
        ))
        .execute(tx.conn())
        .map(drop)
}

/// Whether a job was let fall as often as it may be taken up.
pub fn is_given_up(job: &JobRow) -> bool {
    job.state == JobState::Running && job.attempts >= MOST_ATTEMPTS
}

/// Whether the network takes changes.
pub fn network_is_active(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<bool> {
    let active =
        networks::table.filter(networks::id.eq(network_id)).filter(networks::state.eq(NetworkState::Active));
    diesel::select(diesel::dsl::exists(active)).get_result(tx.conn())
}
