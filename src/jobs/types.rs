//! A job as it is stored and shown, and the body that cancels it.

use crate::clock::Instant;
use crate::db::schema::jobs;
use crate::db::types::Json;
use crate::error::Result;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::Reason;
use crate::ids::Id;
use crate::kept_reports::types::{KeptReport, ReportTask};
use crate::record::Record;
use crate::retention::types::RetentionRun;
use crate::transitions::Moves;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// What a job does: `network_report` makes the report of a network, and keeps it; `retention` removes what a network does not
/// keep any longer.
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
pub enum JobKind {
    NetworkReport,
    Retention,
}

/// How far a job is. `done`, `failed` and `cancelled` are its ends.
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
pub enum JobState {
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// Why a job failed: `could_not_be_made`, after several attempts, and the server's log says more; `broken_off`, since each
/// server that took it up fell over; `network_archived`, since an archived network takes no changes.
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
pub enum JobFailure {
    CouldNotBeMade,
    BrokenOff,
    NetworkArchived,
}
crate::text_enum!(JobKind, JobState, JobFailure);

/// What is to be done, with all that it needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    NetworkReport(ReportTask),
    /// A run of retention.
    Retention(Id),
}

impl Task {
    pub fn kind(&self) -> JobKind {
        match self {
            Task::NetworkReport(_) => JobKind::NetworkReport,
            Task::Retention(_) => JobKind::Retention,
        }
    }
}

/// Long work of a network, as it is stored.
#[derive(Clone, Debug, Serialize, Queryable, Insertable)]
#[serde(into = "Job")]
#[diesel(table_name = jobs, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct JobRow {
    pub id: Id,
    pub network_id: Id,
    pub kind: JobKind,
    pub task: Json<Task>,
    /// What no second job of the network has.
    pub once_key: Option<String>,
    pub state: JobState,
    pub steps_done: i32,
    pub steps_total: Option<i32>,
    /// How often it was taken up.
    pub attempts: i32,
    /// From when on it may be taken up.
    pub due_at: Instant,
    /// Until when an instance has it.
    pub held_until: Option<Instant>,
    pub problem: Option<JobFailure>,
    pub created_by: Option<Id>,
    pub created_at: Instant,
    pub started_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    /// Counts what the change log tells of it: progress is no change.
    pub version: i32,
    pub digest: Vec<u8>,
}

impl Record for JobRow {
    const KIND: &'static str = "job";
    const PATH: &'static str = "jobs";

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

/// Long work of a network, which the server does by itself.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    pub id: Id,
    pub network_id: Id,
    pub kind: JobKind,
    pub state: JobState,
    pub progress: JobProgress,
    /// Who asked for it; null where a schedule did.
    pub created_by: Option<Id>,
    pub created_at: Instant,
    /// When it was first taken up.
    pub started_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    /// Where what it made is; null until it is done. What was deleted since is not there any more.
    pub result: Option<String>,
    /// Why it failed; null unless it did.
    pub problem: Option<JobProblem>,
}

/// How much of the work is done: of a network's report, the cycles that were read; of retention, the records that were removed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct JobProgress {
    pub done: i32,
    /// Null until it is known.
    pub total: Option<i32>,
}

/// Why a job failed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct JobProblem {
    pub code: JobFailure,
    pub detail: String,
}

impl From<JobFailure> for JobProblem {
    fn from(code: JobFailure) -> JobProblem {
        let detail = match code {
            JobFailure::CouldNotBeMade => "It was tried several times, and could not be made.",
            JobFailure::BrokenOff => "It was taken up several times, and broken off each time.",
            JobFailure::NetworkArchived => "The network was archived meanwhile, and takes no changes.",
        };
        JobProblem { code, detail: detail.to_owned() }
    }
}

impl From<JobRow> for Job {
    fn from(row: JobRow) -> Job {
        let result = match &row.task.0 {
            Task::NetworkReport(_) => format!("/v1/{}/{}", KeptReport::PATH, row.id),
            Task::Retention(run_id) => format!("/v1/{}/{run_id}", RetentionRun::PATH),
        };
        Job {
            id: row.id,
            network_id: row.network_id,
            kind: row.kind,
            state: row.state,
            progress: JobProgress { done: row.steps_done, total: row.steps_total },
            created_by: row.created_by,
            created_at: row.created_at,
            started_at: row.started_at,
            ended_at: row.ended_at,
            result: (row.state == JobState::Done).then_some(result),
            problem: row.problem.map(JobProblem::from),
        }
    }
}

/// What a list of jobs can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct JobFilter {
    pub state: Option<JobState>,
}

impl Input for JobFilter {
    fn example() -> Value {
        json!({"state": "running"})
    }
}

/// The move of a job: it can only be cancelled.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct JobTransition {
    pub id: Option<Id>,
    pub to: CancelledOnly,
    pub reason: Option<Reason>,
    pub happened_at: Option<HappenedAt>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CancelledOnly {
    Cancelled,
}

impl Input for JobTransition {
    fn example() -> Value {
        json!({"to": "cancelled"})
    }
}

impl Moves<JobRow> for JobTransition {
    fn id(&self) -> Option<Id> {
        self.id
    }
    fn to(&self) -> &'static str {
        JobState::Cancelled.into()
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn happened_at(&self) -> Option<HappenedAt> {
        self.happened_at
    }
    fn apply(&self, job: &mut JobRow) -> Result<&'static str> {
        super::rules::cancel(job)
    }
}
