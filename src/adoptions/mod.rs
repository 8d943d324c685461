//! Adoptions: what a network made of an insight of another, and the ledger by which the other sees it return.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::cycles;
use crate::db::types::Json;
use crate::error::{Error, FieldError, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::insights::{self, types::InsightState};
use crate::practice::{all_found, dangling};
use crate::record::{self, Created};
use serde_json::json;
use types::{Adoption, AdoptionCreate, AdoptionPatch};

/// Records what the network made of an insight that reaches the caller.
pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    author_id: Id,
    body: &AdoptionCreate,
) -> Result<Created<Adoption>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let adoption = Adoption {
        id: body.id.unwrap_or_default(),
        network_id,
        insight_id: body.insight_id,
        decision: body.decision,
        reason: body.reason.as_deref().map(Into::into),
        cycle_id: body.cycle_id,
        adapted_insight_id: body.adapted_insight_id,
        results: Json(Vec::new()),
        created_by: author_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    let insight = insights::reaching(tx, author_id, &[adoption.insight_id])?.pop();
    let mut faults = Vec::new();
    if insight.is_none() {
        faults.push(dangling("insightId", adoption.insight_id));
    }
    faults.extend(cycle_stands(tx, &adoption)?);
    faults.extend(adapted_stands(tx, &adoption)?);
    all_found(faults)?;
    if insight.is_some_and(|insight| insight.network_id == network_id) {
        return Err(Error::conflict("own_insight", "An insight is adopted by other networks than its own."));
    }
    if let Some(earlier) = store::of_insight(tx, network_id, adoption.insight_id)? {
        let detail = "The network has recorded what it made of this insight. Change that record.";
        return Err(Error::conflict("already_adopted", detail).with("adoptionId", json!(earlier)));
    }
    store::insert(tx, &adoption)?;
    tx.note("created", &adoption);
    Ok(Created::fresh(adoption))
}

/// Changes an adoption, and says what came of it. References that stay as they were stand as they stood.
pub fn update(
    tx: &mut Tx<'_>,
    mut adoption: Adoption,
    if_match: &IfMatch,
    patch: AdoptionPatch,
) -> Result<Adoption> {
    if_match.demand(adoption.version)?;
    let before = (adoption.cycle_id, adoption.adapted_insight_id);
    rules::amend(&mut adoption, patch)?;
    let mut faults = Vec::new();
    if adoption.cycle_id != before.0 {
        faults.extend(cycle_stands(tx, &adoption)?);
    }
    if adoption.adapted_insight_id != before.1 {
        faults.extend(adapted_stands(tx, &adoption)?);
    }
    all_found(faults)?;
    store::save(tx, &mut adoption)?;
    tx.note("updated", &adoption);
    Ok(adoption)
}

/// The cycle is one of the adopting network.
fn cycle_stands(tx: &mut Tx<'_>, adoption: &Adoption) -> Result<Option<FieldError>> {
    let Some(id) = adoption.cycle_id else { return Ok(None) };
    let stands = cycles::find(tx, id)?.is_some_and(|cycle| cycle.network_id == adoption.network_id);
    Ok((!stands).then(|| dangling("cycleId", id)))
}

/// The insight made of it is a shared one of the adopting network, and names the insight it was made from. A draft could
/// still be deleted, and is its author's alone.
fn adapted_stands(tx: &mut Tx<'_>, adoption: &Adoption) -> Result<Option<FieldError>> {
    let Some(id) = adoption.adapted_insight_id else { return Ok(None) };
    let stands = insights::find(tx, id)?.is_some_and(|insight| {
        insight.network_id == adoption.network_id
            && insight.adapted_from_id == Some(adoption.insight_id)
            && insight.state == InsightState::Shared
    });
    Ok((!stands).then(|| dangling("adaptedInsightId", id)))
}

/// An adoption by its id, whoever may see it.
pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<Adoption>> {
    Ok(store::find(tx, id)?)
}
