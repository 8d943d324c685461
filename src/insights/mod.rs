//! Insights: what others can learn from a cycle. Drafted by one, shared by an explicit act, withdrawn again if need be.

pub mod api;
pub mod reading;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::cells::Side;
use crate::cycles::{self, rules::CycleState};
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::http::body::HappenedAt;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::networks;
use crate::practice::{all_found, dangling, dangling_entries};
use crate::record::{self, Created};
use crate::themes;
use crate::transitions::{self, Move};
use reading::ReadInsight;
pub use store::OneInsight;
use types::{Insight, InsightCreate, InsightMove, InsightPatch, InsightState, InsightTransition, Provenance};

/// Drafts an insight from what a cycle thought and found, in whatever phase the cycle is.
pub fn create(
    tx: &mut Tx<'_>,
    cycle: &CycleState,
    author_id: Id,
    body: &InsightCreate,
) -> Result<Created<Insight>> {
    let digest = tx.digest(body.id, cycle.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let shown = stored.state != InsightState::Draft || stored.created_by == author_id;
        let here = stored.cycle_id == cycle.id && shown;
        return record::replay(stored, &digest, here);
    }
    let ids = |list: &Option<types::Sources>| Json(list.as_deref().unwrap_or_default().to_vec());
    let insight = Insight {
        id: body.id.unwrap_or_default(),
        network_id: cycle.network_id,
        cycle_id: cycle.id,
        title: body.title.to_string(),
        body: body.body.to_string(),
        locality: body.locality.as_deref().map(Into::into),
        theme_ids: Json(body.theme_ids.as_deref().unwrap_or_default().to_vec()),
        reflection_ids: ids(&body.reflection_ids),
        evaluation_ids: ids(&body.evaluation_ids),
        adapted_from_id: body.adapted_from_id,
        state: InsightState::Draft,
        state_reason: None,
        audience: None,
        provenance: None,
        shared_at: None,
        created_by: author_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    references_stand(tx, &insight, None)?;
    store::insert(tx, &insight)?;
    store::link(tx, &insight)?;
    note(tx, "created", &insight);
    Ok(Created::fresh(insight))
}

pub fn update(
    tx: &mut Tx<'_>,
    mut insight: Insight,
    if_match: &IfMatch,
    patch: InsightPatch,
) -> Result<Insight> {
    if_match.demand(insight.version)?;
    let before = insight.clone();
    rules::amend(&mut insight, patch)?;
    references_stand(tx, &insight, Some(&before))?;
    store::save(tx, &mut insight)?;
    store::unlink(tx, &insight)?;
    store::link(tx, &insight)?;
    note(tx, "updated", &insight);
    Ok(insight)
}

/// Deletes a draft: nobody else has seen it.
pub fn delete(tx: &mut Tx<'_>, insight: &Insight, if_match: &IfMatch) -> Result<()> {
    if_match.demand(insight.version)?;
    rules::is_draft(insight)?;
    store::unlink(tx, insight)?;
    store::delete(tx, insight)?;
    note(tx, "deleted", insight);
    Ok(())
}

/// Shares an insight, gives it a wider audience, or withdraws it. Where it comes from is written down when it is first
/// shared, and stays.
pub fn transition(
    tx: &mut Tx<'_>,
    mut insight: Insight,
    person_id: Id,
    if_match: &IfMatch,
    body: &InsightTransition,
) -> Result<Insight> {
    let digest = tx.digest(body.id, insight.id, body)?;
    if transitions::was_made(tx, body.id, insight.id, &digest)? {
        return Ok(insight);
    }
    if_match.honour(insight.version)?;
    let happened_at = HappenedAt::or_now(body.happened_at, tx.now);
    let from = rules::transition(&mut insight, body, happened_at)?;
    if insight.provenance.is_none() {
        insight.provenance = Some(Json(provenance(tx, &insight)?));
    }
    store::save(tx, &mut insight)?;
    let made = Move {
        id: body.id,
        from,
        to: rules::stage(&insight),
        reason: body.reason.as_deref(),
        happened_at: body.happened_at,
        digest,
    };
    transitions::record(tx, &insight, person_id, made)?;
    note(tx, if body.to == InsightMove::Shared { "shared" } else { "withdrawn" }, &insight);
    Ok(insight)
}

/// Notes a change, which those who follow the network's own changes hear of.
fn note(tx: &mut Tx<'_>, what: &'static str, insight: &Insight) {
    tx.note(what, &ReadInsight::from(Side::Inside, insight.clone()));
}

/// An insight by its id, whoever may see it.
pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<Insight>> {
    Ok(store::find(tx, id)?)
}

/// Those of the ids, in no order, that are shared insights which reach the person now.
pub fn reaching(tx: &mut Tx<'_>, person_id: Id, ids: &[Id]) -> Result<Vec<Insight>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(store::reaching(tx, person_id, ids)?)
}

/// Where the insight comes from and what stands behind it now. 409 where none of its sources stands any more.
fn provenance(tx: &mut Tx<'_>, insight: &Insight) -> Result<Provenance> {
    let reflections = store::reflections_standing(tx, insight)?;
    let evaluations = store::evaluations_standing(tx, insight)?;
    if reflections.is_empty() && evaluations.is_empty() {
        let detail = "What it was drawn from was withdrawn, or is kept to its author now.";
        return Err(Error::conflict("no_source", detail));
    }
    let judged: Vec<Id> = evaluations.iter().map(|(id, _)| *id).collect();
    let missing = || Error::internal("an insight without its network or its cycle");
    let network = networks::find(tx, insight.network_id)?.ok_or_else(missing)?;
    let cycle = cycles::find(tx, insight.cycle_id)?.ok_or_else(missing)?;
    Ok(Provenance {
        network_id: network.id,
        network_name: network.name,
        locality: network.locality,
        cycle_id: cycle.id,
        learning_question: cycle.learning_question,
        observations: store::observations_behind(tx, insight.network_id, &reflections, &judged)?,
        verdicts: evaluations.into_iter().map(|(_, verdict)| verdict).collect(),
    })
}

/// 409 with a pointer for each theme, source and insight named that does not stand where it must. What a draft referred to
/// `before` may stay until it is shared: it is not what the change is about.
fn references_stand(tx: &mut Tx<'_>, insight: &Insight, before: Option<&Insight>) -> Result<()> {
    let mut faults = Vec::new();
    let mut themes = themes::standing(tx, &insight.theme_ids)?;
    let mut reflections = store::reflections_standing(tx, insight)?;
    let mut evaluations: Vec<Id> =
        store::evaluations_standing(tx, insight)?.into_iter().map(|(id, _)| id).collect();
    if let Some(before) = before {
        themes.extend(before.theme_ids.iter());
        reflections.extend(before.reflection_ids.iter());
        evaluations.extend(before.evaluation_ids.iter());
    }
    dangling_entries("themeIds", &insight.theme_ids, &themes, &mut faults);
    dangling_entries("reflectionIds", &insight.reflection_ids, &reflections, &mut faults);
    dangling_entries("evaluationIds", &insight.evaluation_ids, &evaluations, &mut faults);
    if let Some(id) = insight.adapted_from_id
        && before.is_none_or(|before| before.adapted_from_id != Some(id))
        && reaching(tx, insight.created_by, &[id])?.is_empty()
    {
        faults.push(dangling("adaptedFromId", id));
    }
    all_found(faults)
}
