//! Open items over HTTP. They have no validator: ages change with the calendar day, and who can close what with
//! memberships that end and with people's names, of which no network's change number tells.

use super::types::{MyOpenItemFilter, OpenEnd, OpenItemFilter};
use crate::access::{Guard, InNetwork, Op, Server};
use crate::clock::Instant;
use crate::error::Result;
use crate::http::page::List;
use crate::http::path::PathId;
use crate::ids::Id;
use actix_web::HttpResponse;

pub async fn list_in_network(
    network: PathId,
    guard: Guard,
    list: List<OpenItemFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows = guard
        .read(Op::ListOpenItems, InNetwork(network.id), move |tx, seen| {
            super::of_network(tx, seen.found, &filter, &window)
        })
        .await?;
    page.answer(&rows, by_age)
}

pub async fn list_mine(guard: Guard, list: List<MyOpenItemFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows = guard
        .read(Op::ListMyOpenItems, Server, move |tx, seen| {
            super::of_person(tx, seen.standing.person_id, &filter, &window)
        })
        .await?;
    page.answer(&rows, by_age)
}

/// The oldest first.
fn by_age(end: &OpenEnd) -> (Instant, Id) {
    (end.since, end.id)
}
