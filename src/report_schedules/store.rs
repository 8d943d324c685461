//! Schedules in the database, and how far each is.

use super::rules::Period;
use super::types::ReportSchedule;
use crate::access::{Locate, Place, Tx};
use crate::clock::Instant;
use crate::db::schema::{networks, report_schedule_progress, report_schedules};
use crate::error::{Error, Result};
use crate::http::page::Page;
use crate::ids::Id;
use crate::networks::types::NetworkState;
use crate::newest_first;
use chrono::NaiveDate;
use diesel::prelude::*;

crate::record_store!(report_schedules, ReportSchedule);

/// A schedule by its id.
#[derive(Clone)]
pub struct OneReportSchedule(pub Id);

impl Locate for OneReportSchedule {
    type Found = ReportSchedule;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(ReportSchedule, Place)>> {
        Ok(find(tx, self.0)?.map(|schedule| {
            let place = Place::network(schedule.network_id);
            (schedule, place)
        }))
    }
}

pub fn list(tx: &mut Tx<'_>, network_id: Id, page: &Page) -> QueryResult<Vec<ReportSchedule>> {
    let query = newest_first!(
        report_schedules::table.filter(report_schedules::network_id.eq(network_id)),
        page,
        report_schedules::created_at,
        report_schedules::id
    );
    query.load(tx.conn())
}

pub fn count(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<i64> {
    report_schedules::table.filter(report_schedules::network_id.eq(network_id)).count().get_result(tx.conn())
}

/// Removes a schedule; how far it was goes with it by its foreign key.
pub fn delete(tx: &mut Tx<'_>, schedule: &ReportSchedule) -> QueryResult<()> {
    let row = report_schedules::table
        .filter(report_schedules::network_id.eq(schedule.network_id))
        .filter(report_schedules::id.eq(schedule.id));
    diesel::delete(row).execute(tx.conn()).map(drop)
}

/// Begins to follow the calendar, from a period on.
pub fn begin(tx: &mut Tx<'_>, schedule: &ReportSchedule, next: &Period) -> Result<()> {
    diesel::insert_into(report_schedule_progress::table)
        .values((
            report_schedule_progress::network_id.eq(schedule.network_id),
            report_schedule_progress::report_schedule_id.eq(schedule.id),
            report_schedule_progress::next_on.eq(next.from),
            report_schedule_progress::due_at.eq(due_at(next)?),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Goes on with another period.
pub fn go_on(tx: &mut Tx<'_>, schedule: &ReportSchedule, next: &Period) -> Result<()> {
    let row = report_schedule_progress::table
        .filter(report_schedule_progress::network_id.eq(schedule.network_id))
        .filter(report_schedule_progress::report_schedule_id.eq(schedule.id));
    diesel::update(row)
        .set((
            report_schedule_progress::next_on.eq(next.from),
            report_schedule_progress::due_at.eq(due_at(next)?),
        ))
        .execute(tx.conn())?;
    Ok(())
}

fn due_at(period: &Period) -> Result<Instant> {
    period.ends_at().ok_or_else(|| Error::internal("a period at the end of the calendar"))
}

/// A schedule's network and id.
pub type Key = (Id, Id);

/// Schedules with a period that is over, of networks that take changes; so many at most, the longest first.
pub fn due(tx: &mut Tx<'_>, most: i64) -> QueryResult<Vec<Key>> {
    let now = tx.now;
    report_schedule_progress::table
        .inner_join(networks::table.on(networks::id.eq(report_schedule_progress::network_id)))
        .filter(report_schedule_progress::due_at.le(now))
        .filter(networks::state.eq(NetworkState::Active))
        .order((report_schedule_progress::due_at, report_schedule_progress::report_schedule_id))
        .limit(most)
        .select((report_schedule_progress::network_id, report_schedule_progress::report_schedule_id))
        .load(tx.conn())
}

/// When the next period is over that is not yet.
pub fn next_due(tx: &mut Tx<'_>) -> QueryResult<Option<Instant>> {
    let now = tx.now;
    report_schedule_progress::table
        .filter(report_schedule_progress::due_at.gt(now))
        .order(report_schedule_progress::due_at)
        .select(report_schedule_progress::due_at)
        .first(tx.conn())
        .optional()
}

/// A schedule that is still due, with the first day of the period that is next, as it stands now that its network's row is
/// held.
pub fn still_due(tx: &mut Tx<'_>, (network_id, id): Key) -> QueryResult<Option<(ReportSchedule, NaiveDate)>> {
    let now = tx.now;
    let progress = report_schedule_progress::network_id
        .eq(report_schedules::network_id)
        .and(report_schedule_progress::report_schedule_id.eq(report_schedules::id));
    report_schedules::table
        .inner_join(report_schedule_progress::table.on(progress))
        .inner_join(networks::table.on(networks::id.eq(report_schedules::network_id)))
        .filter(report_schedules::network_id.eq(network_id))
        .filter(report_schedules::id.eq(id))
        .filter(report_schedule_progress::due_at.le(now))
        .filter(networks::state.eq(NetworkState::Active))
        .select((report_schedules::all_columns, report_schedule_progress::next_on))
        .get_result(tx.conn())
        .optional()
}
