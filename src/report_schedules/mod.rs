//! Schedules: the report of a network, made and kept when a period is over. `calendar` sees when that is, and asks for the
//! report; a job makes it.

pub mod api;
pub mod calendar;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::record::{self, Created};
use chrono::NaiveDate;
use rules::Period;
use types::{Every, ReportSchedule, ReportScheduleCreate, ReportSchedulePatch};

/// The schedule with this id.
pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<ReportSchedule>> {
    Ok(store::find(tx, id)?)
}

/// Makes a schedule.
pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    author_id: Id,
    body: &ReportScheduleCreate,
) -> Result<Created<ReportSchedule>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let starts_on = body.starts_on.map_or_else(|| tx.now.day(), NaiveDate::from);
    let first = period(body.every, starts_on)?;
    if store::count(tx, network_id)? >= rules::MOST {
        let most = rules::MOST;
        let detail = format!("A network has {most} schedules at most. Delete one that is not needed.");
        return Err(Error::conflict("too_many_report_schedules", detail));
    }
    let schedule = ReportSchedule {
        id: body.id.unwrap_or_default(),
        network_id,
        every: body.every,
        starts_on,
        created_by: author_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &schedule)?;
    store::begin(tx, &schedule, &first)?;
    tx.note("created", &schedule);
    Ok(Created::fresh(schedule))
}

/// Changes how long its periods are, or from when on reports are made.
pub fn update(
    tx: &mut Tx<'_>,
    mut schedule: ReportSchedule,
    if_match: &IfMatch,
    patch: ReportSchedulePatch,
) -> Result<ReportSchedule> {
    if_match.demand(schedule.version)?;
    let from = match patch.starts_on.0 {
        Some(day) => Some(day.into()),
        None => patch.every.0.map(|_| schedule.starts_on.max(tx.now.day())),
    };
    patch.every.apply(&mut schedule.every, |every| every);
    patch.starts_on.apply(&mut schedule.starts_on, NaiveDate::from);
    if let Some(from) = from {
        store::go_on(tx, &schedule, &period(schedule.every, from)?)?;
    }
    store::save(tx, &mut schedule)?;
    tx.note("updated", &schedule);
    Ok(schedule)
}

/// Removes a schedule. The reports that it had made are kept.
pub fn delete(tx: &mut Tx<'_>, schedule: &ReportSchedule, if_match: &IfMatch) -> Result<()> {
    if_match.demand(schedule.version)?;
    store::delete(tx, schedule)?;
    tx.note("deleted", schedule);
    Ok(())
}

/// The period of a day that lies within the bounds of a schedule's.
fn period(every: Every, day: NaiveDate) -> Result<Period> {
    Period::of(every, day).ok_or_else(|| Error::internal("a period at the end of the calendar"))
}
