//! Long work: what takes longer than an answer may is done by the server itself, beside answering, and followed by its job.
//! `runner` does it; the rest is how it is asked for, followed and cancelled.

pub mod api;
mod queue;
pub mod rules;
pub mod runner;
mod store;
pub mod types;

use crate::access::Tx;
use crate::db::types::Json;
use crate::edits::Edit;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::record::{self, Created};
use crate::transitions::move_one;
use types::{JobRow, JobState, JobTransition, Task};

/// Asks for work, on behalf of somebody, under an id that they may have chosen.
pub fn ask(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    id: Option<Id>,
    task: Task,
    digest: Vec<u8>,
) -> Result<Created<JobRow>> {
    if let Some(stored) = id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    not_too_many(tx, network_id)?;
    let job = JobRow { created_by: Some(person_id), digest, ..new(tx, network_id, id, task) };
    store::insert(tx, &job)?;
    tx.note("created", &job);
    Ok(Created::fresh(job))
}

/// Asks for work that is to be done once, by its key: nothing where that was asked for before.
pub fn ask_once(tx: &mut Tx<'_>, network_id: Id, once_key: String, task: Task) -> Result<()> {
    let job = JobRow { once_key: Some(once_key), ..new(tx, network_id, None, task) };
    if store::insert(tx, &job)? {
        tx.note("created", &job);
    }
    Ok(())
}

/// Puts work into the queue under an id that is new, on behalf of somebody or of the server itself.
pub fn begin(tx: &mut Tx<'_>, network_id: Id, id: Id, created_by: Option<Id>, task: Task) -> Result<()> {
    if created_by.is_some() {
        not_too_many(tx, network_id)?;
    }
    let job = JobRow { created_by, ..new(tx, network_id, Some(id), task) };
    store::insert(tx, &job)?;
    tx.note("created", &job);
    Ok(())
}

/// 409 where a network has as much work under way as it may.
fn not_too_many(tx: &mut Tx<'_>, network_id: Id) -> Result<()> {
    if store::unfinished(tx, network_id)? < rules::MOST_UNFINISHED {
        return Ok(());
    }
    let most = rules::MOST_UNFINISHED;
    let detail = format!("{most} jobs of the network wait or are being done. Ask again when one has ended.");
    Err(Error::conflict("too_many_jobs", detail))
}

fn new(tx: &Tx<'_>, network_id: Id, id: Option<Id>, task: Task) -> JobRow {
    JobRow {
        id: id.unwrap_or_default(),
        network_id,
        kind: task.kind(),
        task: Json(task),
        once_key: None,
        state: JobState::Queued,
        steps_done: 0,
        steps_total: None,
        attempts: 0,
        due_at: tx.now,
        held_until: None,
        problem: None,
        created_by: None,
        created_at: tx.now,
        started_at: None,
        ended_at: None,
        version: 1,
        digest: Vec::new(),
    }
}

/// Cancels a job. Who has taken it up sees that at the next step, and can leave nothing behind.
pub fn transition(tx: &mut Tx<'_>, job: JobRow, person_id: Id, body: &JobTransition) -> Result<JobRow> {
    let edit = Edit { record: job, if_match: &IfMatch::Absent, body };
    move_one(tx, person_id, edit, |tx, job| Ok(store::cancel(tx, job)?))
}
