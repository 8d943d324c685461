//! Sees which periods are over, and asks for their reports: each once, by whichever instance sees it first.

use super::rules::{self, Period};
use super::store;
use super::types::ReportSchedule;
use crate::access::{Access, Tx};
use crate::change_log::pulse::Pulse;
use crate::clock;
use crate::error::Result;
use crate::jobs;
use crate::jobs::types::Task;
use crate::kept_reports::types::ReportTask;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::sleep;

/// Schedules that are looked at together.
const TOGETHER: i64 = 50;
/// Between two looks at most: a clock may be set, and another instance may have been here.
const REST: Duration = Duration::from_secs(60);
/// Between two looks at least.
const BREATH: Duration = Duration::from_millis(50);

/// Follows the calendar until `closing` is gone. What is changed of a schedule is seen by the pulse.
pub async fn follow(access: Access, mut pulse: Pulse, mut closing: watch::Receiver<()>) {
    while closing.has_changed().is_ok() {
        pulse.mark_unchanged();
        let pause = look(&access).await.unwrap_or_else(|error| {
            log::warn!("reports that are due could not be asked for, and will be: {error}");
            REST
        });
        sleep(BREATH).await;
        tokio::select! {
            changed = pulse.changed() => if changed.is_err() { break },
            () = sleep(pause) => {}
            _ = closing.changed() => {}
        }
    }
}

/// Asks for what is due. How long nothing will be.
async fn look(access: &Access) -> Result<Duration> {
    let (due, next) = access.survey(|tx| Ok((store::due(tx, TOGETHER)?, store::next_due(tx)?))).await?;
    if due.is_empty() {
        let wait = next.map(|at| Duration::from_secs_f64(at.seconds_since(clock::now()).max(0.0)));
        return Ok(wait.map_or(REST, |wait| wait.clamp(BREATH, REST)));
    }
    for key in due {
        access
            .console(move |tx| {
                // The network's row first, as by everybody who writes.
                tx.take(key.0)?;
                match store::still_due(tx, key)? {
                    Some((schedule, next_on)) => ask(tx, &schedule, next_on),
                    None => Ok(()),
                }
            })
            .await?;
    }
    Ok(BREATH)
}

fn ask(tx: &mut Tx<'_>, schedule: &ReportSchedule, next_on: chrono::NaiveDate) -> Result<()> {
    // At the end of the calendar there is nothing to come.
    let Some((over, next)) = rules::over(schedule.every, next_on, tx.now) else { return Ok(()) };
    for period in over {
        jobs::ask_once(tx, schedule.network_id, once_key(schedule, &period), task(schedule, &period))?;
    }
    store::go_on(tx, schedule, &next)
}

/// What only one job has, whatever becomes of the schedule's progress.
fn once_key(schedule: &ReportSchedule, period: &Period) -> String {
    format!("{}/{}/{}", schedule.id, period.from, period.to)
}

/// What a job has to make.
pub fn task(schedule: &ReportSchedule, period: &Period) -> Task {
    Task::NetworkReport(ReportTask {
        title: None,
        from_on: Some(period.from),
        to_on: Some(period.to),
        report_schedule_id: Some(schedule.id),
    })
}
