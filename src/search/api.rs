//! Search over HTTP.

use super::types::{Found, SearchFilter};
use crate::access::{Guard, Op, Server};
use crate::error::Result;
use crate::http::page::List;
use crate::ids::Id;
use actix_web::HttpResponse;

pub async fn search(guard: Guard, list: List<SearchFilter, f64>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let asked = page.clone();
    let found = guard
        .read(Op::SearchRecords, Server, move |tx, seen| {
            let Some(filter) = within(&filter, seen.standing.confined_to()) else { return Ok(Vec::new()) };
            let found = super::search(tx, seen.standing.person_id, &filter, &asked)?;
            if !found.is_empty() {
                tx.shows(found.iter().map(|found| found.network_id));
            }
            Ok(found)
        })
        .await?;
    page.answer(&found, |found: &Found| (found.score, found.id))
}

/// The filter within the network of an API key, to which nothing is shown of what others shared. None where it asks for
/// another network.
fn within(filter: &SearchFilter, own: Option<Id>) -> Option<SearchFilter> {
    let network_id = match (own, filter.network_id) {
        (Some(own), Some(asked)) if own != asked => return None,
        (own, asked) => own.or(asked),
    };
    Some(SearchFilter { network_id, ..filter.clone() })
}
