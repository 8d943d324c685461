//! Routes over HTTP.

use crate::access::{Guard, Op};
use crate::competences::OneCompetence;
use crate::error::Result;
use crate::http::answer;
use crate::http::path::PathId;
use actix_web::HttpResponse;

pub async fn get(competence: PathId, guard: Guard) -> Result<HttpResponse> {
    let routes = guard
        .read(Op::GetCompetenceRoutes, OneCompetence(competence.id), |tx, seen| {
            super::to(tx, seen.standing.person_id, seen.found.id, &seen.found.name)
        })
        .await?;
    answer::value(&routes)
}
