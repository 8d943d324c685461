//! Kept reports: the report of a network over a period, with the figures as they were when it was made. A job makes it; what
//! is kept is the report itself, and every face is made of that when it is asked for.

pub mod api;
mod store;
pub mod types;

use crate::access::Tx;
use crate::db::types::Json;
use crate::error::Result;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::jobs;
use crate::jobs::types::{JobRow, Task};
use crate::record::Created;
use crate::reports;
use crate::reports::types::NetworkReport;
use std::ops::ControlFlow;
use types::{KeptReport, KeptReportCreate, ReportTask};

/// Has a report made: answers with the job that does it, which has the id of the report to be.
pub fn ask(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    body: &KeptReportCreate,
) -> Result<Created<JobRow>> {
    let digest = tx.digest(body.id, network_id, body)?;
    jobs::ask(tx, network_id, person_id, body.id, Task::NetworkReport(body.into()), digest)
}

/// Makes the report that a task asks for, and keeps nothing yet. `step` is told how far it is, and may break it off.
pub fn make(
    tx: &mut Tx<'_>,
    network_id: Id,
    task: &ReportTask,
    step: impl FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Option<NetworkReport>> {
    reports::of_network_in_steps(tx, network_id, task.days(), step)
}

/// Keeps a report as it was made.
pub fn keep(
    tx: &mut Tx<'_>,
    network_id: Id,
    id: Id,
    task: &ReportTask,
    report: &NetworkReport,
) -> Result<KeptReport> {
    let kept = KeptReport {
        id,
        network_id,
        title: task.title.clone(),
        from_on: task.from_on,
        to_on: task.to_on,
        report_schedule_id: task.report_schedule_id,
        created_at: tx.now,
        report: Json(report.clone()),
    };
    store::insert(tx, &kept)?;
    tx.note("created", &kept);
    Ok(kept)
}

/// Removes a kept report: it carries no practice, which stays where it was recorded. Its job remains, and so its id is never
/// used again.
pub fn delete(tx: &mut Tx<'_>, kept: &KeptReport, if_match: &IfMatch) -> Result<()> {
    if_match.demand(1)?;
    store::delete(tx, kept)?;
    tx.note("deleted", kept);
    Ok(())
}
