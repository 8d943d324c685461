//! Jobs over HTTP.

use super::store::{self, OneJob};
use super::types::{Job, JobFilter, JobRow, JobTransition};
use crate::access::{Guard, InNetwork, Op};
use crate::error::Result;
use crate::http::answer::{self, Shown};
use crate::http::body::Body;
use crate::http::page::List;
use crate::http::path::PathId;
use actix_web::HttpResponse;
use actix_web::http::header;

/// Seconds after which to look again at a job that has not ended.
const LOOK_AGAIN: &str = "1";

/// The jobs of a network. How far each is moves without a change of the network, so the list has no validator.
pub async fn list(network: PathId, guard: Guard, list: List<JobFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let jobs: Vec<Job> = guard
        .read(Op::ListJobs, InNetwork(network.id), move |tx, seen| {
            Ok(store::list(tx, seen.found, &filter, &window)?.into_iter().map(Job::from).collect())
        })
        .await?;
    page.answer(&jobs, |job| (job.created_at, job.id))
}

pub async fn get(job: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetJob, OneJob(job.id)).await?;
    shown(&found)
}

pub async fn transition(job: PathId, guard: Guard, body: Body<JobTransition>) -> Result<HttpResponse> {
    let moved = guard
        .write_from(Op::TransitionJob, OneJob(job.id), body, move |tx, seen, body| {
            super::transition(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    shown(&moved)
}

/// A job, and when to look again while it goes on.
fn shown(job: &impl Shown<Record = JobRow>) -> Result<HttpResponse> {
    let mut response = HttpResponse::Ok();
    if !job.record().state.is_ended() {
        response.insert_header((header::RETRY_AFTER, LOOK_AGAIN));
    }
    Ok(response.content_type("application/json").body(answer::shown_body(job)?))
}
