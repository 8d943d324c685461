//! Jobs in the database, for those who ask for them and follow them.

use super::types::{JobFilter, JobRow, JobState};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::jobs;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::natively;
use crate::newest_first;
use diesel::prelude::*;

/// A job by its id.
#[derive(Clone)]
pub struct OneJob(pub Id);

impl Locate for OneJob {
    type Found = JobRow;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(JobRow, Place)>> {
        Ok(find(tx, self.0)?.map(|job| {
            let place = Place::network(job.network_id);
            (job, place)
        }))
    }
}

pub fn find(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<JobRow>> {
    jobs::table.filter(jobs::id.eq(id)).get_result(tx.conn()).optional()
}

pub fn list(tx: &mut Tx<'_>, network_id: Id, filter: &JobFilter, page: &Page) -> QueryResult<Vec<JobRow>> {
    let mut query =
        newest_first!(jobs::table.filter(jobs::network_id.eq(network_id)), page, jobs::created_at, jobs::id);
    if let Some(state) = filter.state {
        query = query.filter(jobs::state.eq(state));
    }
    query.load(tx.conn())
}

/// How many of a network's jobs wait or are being done.
pub fn unfinished(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<i64> {
    jobs::table
        .filter(jobs::network_id.eq(network_id))
        .filter(jobs::state.eq_any([JobState::Queued, JobState::Running]))
        .count()
        .get_result(tx.conn())
}

/// Puts a job into the queue. False where one with its key is there, and this one is not.
pub fn insert(tx: &mut Tx<'_>, job: &JobRow) -> QueryResult<bool> {
    let inserted = match job.once_key {
        None => natively!(tx.conn(), c => diesel::insert_into(jobs::table).values(job).execute(c)),
        Some(_) => natively!(tx.conn(), c => diesel::insert_into(jobs::table)
            .values(job)
            .on_conflict((jobs::network_id, jobs::once_key))
            .do_nothing()
            .execute(c)),
    };
    Ok(inserted? == 1)
}

/// Stores that a job was cancelled: nobody has it from now on.
pub fn cancel(tx: &mut Tx<'_>, job: &mut JobRow) -> QueryResult<()> {
    job.version += 1;
    job.ended_at = Some(tx.now);
    job.held_until = None;
    diesel::update(jobs::table.filter(jobs::network_id.eq(job.network_id)).filter(jobs::id.eq(job.id)))
        .set((
            jobs::state.eq(job.state),
            jobs::version.eq(job.version),
            jobs::ended_at.eq(job.ended_at),
            jobs::held_until.eq(job.held_until),
        ))
        .execute(tx.conn())
        .map(drop)
}
