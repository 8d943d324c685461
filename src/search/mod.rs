//! Search over what the caller may see. What is looked in follows the change log by at most a second (`indexer`); whether a
//! record stands and who sees it is asked of the record itself, when the question is asked (`store`).

pub mod api;
mod documents;
mod index;
pub mod indexer;
mod query;
pub mod rebuild;
mod snippet;
mod store;
pub mod types;
mod words;

use crate::access::Tx;
use crate::db::dialect::full_text::Term;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use store::Hit;
use types::{Found, SearchFilter};

/// The records that hold what is sought, the best first.
pub fn search(tx: &mut Tx<'_>, person_id: Id, filter: &SearchFilter, page: &Page<f64>) -> Result<Vec<Found>> {
    let terms = query::read(&filter.q);
    let hits = store::hits(tx, person_id, &terms, filter, page)?;
    Ok(hits.into_iter().map(|hit| shown(hit, &terms)).collect())
}

fn shown(hit: Hit, terms: &[Term]) -> Found {
    let mut snippet = snippet::snippet(&hit.text, terms);
    if let Some(title) = &hit.title
        && snippet.iter().all(|part| !part.hit)
    {
        snippet = snippet::snippet(title, terms);
    }
    Found {
        kind: hit.kind,
        id: hit.id,
        network_id: hit.network_id,
        cycle_id: hit.cycle_id,
        happened_at: hit.happened_at,
        title: hit.title,
        snippet,
        score: hit.score,
    }
}
