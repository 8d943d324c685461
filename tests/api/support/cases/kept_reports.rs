//! Reports that are kept, their schedules, and the jobs that make them.

use serde_json::json;

use super::{Make, World, delete, get, patch, post};
use crate::support::jobs::{kept_report, waiting};

pub const CASES: &[(&str, Make)] = &[
    ("listKeptReports", |world, _| get(world.team.path("kept-reports"))),
    // Of a network of its own: how many jobs are under way is bounded.
    ("createKeptReport", |world, _| post(world.fresh_team().path("kept-reports"), json!({}))),
    ("getKeptReport", |world, _| get(kept(world))),
    ("deleteKeptReport", |world, _| delete(kept(world), 1)),
    ("listReportSchedules", |world, _| get(world.team.path("report-schedules"))),
    ("createReportSchedule", |world, _| {
        post(world.fresh_team().path("report-schedules"), json!({"every": "year"}))
    }),
    ("getReportSchedule", |world, _| get(standing_schedule(world))),
    ("updateReportSchedule", |world, _| patch(schedule(world), 1, json!({"every": "month"}))),
    ("deleteReportSchedule", |world, _| delete(schedule(world), 1)),
    ("listJobs", |world, _| get(world.team.path("jobs"))),
    ("getJob", |world, _| get(format!("/v1/jobs/{}", waiting_job(world)))),
    ("transitionJob", |world, _| {
        post(format!("/v1/jobs/{}/transitions", waiting_job(world)), json!({"to": "cancelled"}))
    }),
];

fn kept(world: &World) -> String {
    format!("/v1/kept-reports/{}", kept_report(world.api, &world.team.id))
}

fn schedule(world: &World) -> String {
    let every = json!({"every": "quarter"});
    let made = world.founder().post(world.fresh_team().path("report-schedules"), every).expect(201);
    format!("/v1/report-schedules/{}", made.id())
}

/// One of the team's, which has only so many.
fn standing_schedule(world: &World) -> String {
    let list = world.team.path("report-schedules");
    let standing = world.founder().get(&list).expect(200).ids().pop();
    let id =
        standing.unwrap_or_else(|| world.founder().post(&list, json!({"every": "month"})).expect(201).id());
    format!("/v1/report-schedules/{id}")
}

/// A job that is not done while somebody looks at it.
fn waiting_job(world: &World) -> String {
    waiting(world.api, &world.team.id)
}
