//! A kept report as it is stored and sent, and the body that has one made.

use crate::clock::{Day, Instant};
use crate::db::schema::kept_reports;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::Name;
use crate::ids::Id;
use crate::loops::days::Days;
use crate::record::Record;
use crate::reports::types::NetworkReport;
use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;

/// The report of a network as it was when it was made, whatever came since. It never changes, and names no person.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = kept_reports, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct KeptReport {
    /// That of the job that made it.
    pub id: Id,
    pub network_id: Id,
    pub title: Option<String>,
    /// The first day that it is of; null from the beginning.
    pub from_on: Option<NaiveDate>,
    /// The last day; null until it was made.
    pub to_on: Option<NaiveDate>,
    /// The schedule by which it was made, which may be gone since; null where somebody asked for it.
    pub report_schedule_id: Option<Id>,
    pub created_at: Instant,
    pub report: Json<NetworkReport>,
}

impl Record for KeptReport {
    const KIND: &'static str = "kept_report";
    const PATH: &'static str = "kept-reports";

    fn id(&self) -> Id {
        self.id
    }
    /// It never changes.
    fn version(&self) -> i32 {
        1
    }
    /// The job has it: what a client sends is the request for the report.
    fn digest(&self) -> &[u8] {
        &[]
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
}

/// A kept report in a list: without its figures.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Selectable)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = kept_reports)]
pub struct KeptReportEntry {
    pub id: Id,
    pub network_id: Id,
    pub title: Option<String>,
    pub from_on: Option<NaiveDate>,
    pub to_on: Option<NaiveDate>,
    pub report_schedule_id: Option<Id>,
    pub created_at: Instant,
}

/// What a job that makes a report has to know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportTask {
    pub title: Option<String>,
    pub from_on: Option<NaiveDate>,
    pub to_on: Option<NaiveDate>,
    pub report_schedule_id: Option<Id>,
}

impl ReportTask {
    pub fn days(&self) -> Days {
        Days { from: self.from_on, to: self.to_on }
    }
}

/// The body that has a report made and kept.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeptReportCreate {
    /// That of the job, and of the report that it makes.
    pub id: Option<Id>,
    /// The first day (Europe/Amsterdam); without it, from the beginning.
    pub from_on: Option<Day>,
    /// The last day; without it, until it is made.
    pub to_on: Option<Day>,
    pub title: Option<Name>,
}

impl Input for KeptReportCreate {
    fn example() -> Value {
        json!({"fromOn": "2026-01-01", "toOn": "2026-03-31", "title": "Eerste kwartaal, voor de wethouder"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if let (Some(from), Some(to)) = (self.from_on, self.to_on)
            && to < from
        {
            faults.push(FieldError::new("/toOn", "inconsistent", "Must not lie before fromOn."));
        }
    }
}

impl From<&KeptReportCreate> for ReportTask {
    fn from(body: &KeptReportCreate) -> ReportTask {
        ReportTask {
            title: body.title.as_deref().map(Into::into),
            from_on: body.from_on.map(Into::into),
            to_on: body.to_on.map(Into::into),
            report_schedule_id: None,
        }
    }
}

/// What a list of kept reports can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeptReportFilter {
    /// Those that were made by this schedule.
    pub report_schedule_id: Option<Id>,
    /// Those that were made on this day (Europe/Amsterdam) or after it.
    pub from: Option<Day>,
    /// Those that were made on this day or before it.
    pub to: Option<Day>,
}

impl KeptReportFilter {
    pub fn days(&self) -> Days {
        Days::between(self.from, self.to)
    }
}

impl Input for KeptReportFilter {
    fn example() -> Value {
        json!({"from": "2026-01-01", "to": "2026-12-31"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        self.days().check(faults);
    }
}

#[cfg(test)]
mod tests {
    use crate::reports::types::NetworkReport;
    use serde_json::Value;

    /// A report as a network kept it. It is never changed: what a report tells besides since then needs a
    /// `#[serde(default)]`, or those that lie there can no longer be read.
    const KEPT: &str = include_str!("kept_in_2026.json");

    /// Whether all that is told in `then` is told in `now`, alike.
    fn holds(now: &Value, then: &Value) -> bool {
        match (now, then) {
            (Value::Object(now), Value::Object(then)) => {
                then.iter().all(|(member, then)| now.get(member).is_some_and(|now| holds(now, then)))
            }
            (Value::Array(now), Value::Array(then)) => {
                now.len() == then.len() && now.iter().zip(then).all(|(now, then)| holds(now, then))
            }
            (now, then) => now == then,
        }
    }

    #[test]
    fn a_report_that_was_kept_is_read_as_it_was() {
        let then: Value = serde_json::from_str(KEPT).expect("JSON");
        let report: NetworkReport = serde_json::from_str(KEPT).expect("a report");
        let now = serde_json::to_value(report).expect("JSON");
        assert!(holds(&now, &then), "{now:#}");
        assert!(!holds(&now, &serde_json::json!({"inbox": -1})));
    }
}
