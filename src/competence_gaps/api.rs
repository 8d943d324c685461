//! Gaps over HTTP.

use super::types::GapFilter;
use crate::access::{Guard, InNetwork, Op, Server};
use crate::error::Result;
use crate::http::page::{List, NoFilter};
use crate::http::path::PathId;
use actix_web::HttpResponse;

pub async fn list_in_network(network: PathId, guard: Guard, list: List<GapFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows = guard
        .read(Op::ListCompetenceGaps, InNetwork(network.id), move |tx, seen| {
            super::of_network(tx, seen.found, &filter, &window)
        })
        .await?;
    page.answer(&rows, |gap| (gap.created_at, gap.competence_id))
}

pub async fn list_mine(guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let page = list.page;
    let window = page.clone();
    let rows = guard
        .read(Op::ListMyCompetenceGaps, Server, move |tx, seen| {
            super::of_person(tx, seen.standing.person_id, &window)
        })
        .await?;
    page.answer(&rows, |gap| (gap.created_at, gap.competence_id))
}
