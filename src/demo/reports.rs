//! A schedule of reports, and the report of the last quarter, made by hand before there was one.

use super::content::{id_of, network_id, person_id};
use super::seed::sent;
use super::timeline::COORDINATOR;
use crate::access::Tx;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::kept_reports::{self, types::ReportTask};
use crate::report_schedules;
use crate::report_schedules::rules::Period;
use crate::report_schedules::types::Every;
use serde_json::json;
use std::ops::ControlFlow;

const NETWORK: &str = "heumen";

/// Makes what is missing. False where it is there already.
pub fn fill(tx: &mut Tx<'_>, now: Instant) -> Result<bool> {
    let network_id = network_id(NETWORK);
    tx.take(network_id)?;
    let schedule_id = id_of("heumen/report-schedules/quarter");
    if report_schedules::find(tx, schedule_id)?.is_some() {
        return Ok(false);
    }
    let coordinator = person_id(COORDINATOR);
    (tx.now, tx.acting) = (now, Some(coordinator));
    let body = sent(json!({"id": schedule_id, "every": "quarter"}))?;
    report_schedules::create(tx, network_id, coordinator, &body)?;

    let quarter = Period::of(Every::Quarter, now.day());
    let last = quarter.and_then(|quarter| Period::of(Every::Quarter, quarter.from.pred_opt()?));
    let last = last.ok_or_else(|| Error::internal("there is no last quarter"))?;
    let task = ReportTask {
        title: Some("Het vorige kwartaal".into()),
        from_on: Some(last.from),
        to_on: Some(last.to),
        report_schedule_id: None,
    };
    let report = kept_reports::make(tx, network_id, &task, |_, _| ControlFlow::Continue(()))?;
    let report = report.ok_or_else(|| Error::internal("nobody broke it off"))?;
    kept_reports::keep(tx, network_id, id_of("heumen/kept-reports/last-quarter"), &task, &report)?;
    Ok(true)
}
