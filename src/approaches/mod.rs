//! Approaches: ways of working that a network develops, version by version, each changed by what was learned and tried
//! in cycles.

pub mod api;
mod store;
pub mod types;

use crate::access::Tx;
use crate::db::types::Json;
use crate::error::Result;
use crate::http::precondition::IfMatch;
use crate::http::text::Text;
use crate::ids::Id;
use crate::insights;
use crate::practice::{all_found, dangling_entries};
use crate::record::{self, Created};
use types::{Approach, ApproachCreate, ApproachPatch, ApproachVersion, ApproachVersionCreate};

pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    author_id: Id,
    body: &ApproachCreate,
) -> Result<Created<Approach>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let approach = Approach {
        id: body.id.unwrap_or_default(),
        network_id,
        title: body.title.to_string(),
        description: body.description.to_string(),
        created_by: author_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &approach)?;
    tx.note("created", &approach);
    Ok(Created::fresh(approach))
}

pub fn update(
    tx: &mut Tx<'_>,
    mut approach: Approach,
    if_match: &IfMatch,
    patch: ApproachPatch,
) -> Result<Approach> {
    if_match.demand(approach.version)?;
    patch.title.apply(&mut approach.title, Text::into_string);
    patch.description.apply(&mut approach.description, Text::into_string);
    store::save(tx, &mut approach)?;
    tx.note("updated", &approach);
    Ok(approach)
}

/// Adds the next version of an approach. The network's row is held, so that each number is given once.
pub fn create_version(
    tx: &mut Tx<'_>,
    approach: &Approach,
    author_id: Id,
    body: &ApproachVersionCreate,
) -> Result<Created<ApproachVersion>> {
    let digest = tx.digest(body.id, approach.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find_version(tx, id)).transpose()?.flatten() {
        let here = stored.approach_id == approach.id;
        return record::replay(stored, &digest, here);
    }
    let insight_ids = body.insight_ids.as_deref().unwrap_or_default().to_vec();
    let seen: Vec<Id> =
        insights::reaching(tx, author_id, &insight_ids)?.into_iter().map(|insight| insight.id).collect();
    let mut faults = Vec::new();
    dangling_entries("insightIds", &insight_ids, &seen, &mut faults);
    all_found(faults)?;
    let version = ApproachVersion {
        id: body.id.unwrap_or_default(),
        network_id: approach.network_id,
        approach_id: approach.id,
        number: store::last_number(tx, approach)? + 1,
        text: body.text.to_string(),
        insight_ids: Json(insight_ids),
        created_by: author_id,
        created_at: tx.now,
        digest,
    };
    store::insert_version(tx, &version)?;
    tx.note("created", &version);
    Ok(Created::fresh(version))
}

/// An approach by its id, whoever may see it.
pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<Approach>> {
    Ok(store::find(tx, id)?)
}
