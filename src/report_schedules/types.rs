//! A schedule as it is stored and sent, and the bodies that make and change it.

use super::rules;
use crate::clock::{Day, Instant};
use crate::db::schema::report_schedules;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::Set;
use crate::ids::Id;
use crate::record::Record;
use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// How long a period is.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Every {
    Month,
    Quarter,
    Year,
}
crate::text_enum!(Every);

/// Has the report of a network made and kept when a calendar period (Europe/Amsterdam) is over, once for each.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = report_schedules, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct ReportSchedule {
    pub id: Id,
    pub network_id: Id,
    pub every: Every,
    /// A day of the first period of which a report is made.
    pub starts_on: NaiveDate,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for ReportSchedule {
    const KIND: &'static str = "report_schedule";
    const PATH: &'static str = "report-schedules";

    fn id(&self) -> Id {
        self.id
    }
    fn version(&self) -> i32 {
        self.version
    }
    fn digest(&self) -> &[u8] {
        &self.digest
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
}

/// The body that makes a schedule.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReportScheduleCreate {
    pub id: Option<Id>,
    pub every: Every,
    /// A day of the first period of which a report is made; today by default. Of periods that are over already, the last 12
    /// are made at once.
    pub starts_on: Option<Day>,
}

impl Input for ReportScheduleCreate {
    fn example() -> Value {
        json!({"every": "quarter", "startsOn": "2026-01-01"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        rules::check_start(self.starts_on, faults);
    }
}

/// A merge patch of a schedule.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ReportSchedulePatch {
    /// From the period on that goes on now, unless `startsOn` says another.
    pub every: Set<Every>,
    /// Of a period whose report was made by this schedule no second one is made.
    pub starts_on: Set<Day>,
}

impl Input for ReportSchedulePatch {
    fn example() -> Value {
        json!({"every": "month"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        rules::check_start(self.starts_on.0, faults);
    }
}
