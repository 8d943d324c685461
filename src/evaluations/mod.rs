//! Evaluations: what came of an action.

pub mod api;
mod store;
pub mod types;

use crate::access::Tx;
use crate::edits::{Edit, Edited};
use crate::error::{Error, Result};
use crate::http::body::HappenedAt;
use crate::http::page::Page;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::loops::following::{self, Scope};
use crate::practice::{RecordState, Withdrawal};
use crate::record::Created;
use crate::run::{self, Outcomes, Placed, Run};
use crate::transitions;
pub use store::{ActionKey, OfAction, OneEvaluation};
use types::{Evaluation, EvaluationCreate, EvaluationFilter};

/// A page of the evaluations of a cycle or a network, or of those that a figure of its report counts.
pub fn list(
    tx: &mut Tx<'_>,
    scope: Scope,
    filter: &EvaluationFilter,
    page: &Page,
) -> Result<Vec<Evaluation>> {
    let Some(followed) = filter.followed() else {
        return Ok(store::list_all(tx, scope.network_id(), scope.cycle_id(), filter, page)?);
    };
    let counted = following::page(tx, scope, &followed, page)?;
    let found = store::find_all(tx, &counted)?;
    Ok(following::newest_first(found, page, |evaluation| (evaluation.happened_at, evaluation.id)))
}

/// Says what came of an action, in whatever phase its cycle is.
pub fn create(
    tx: &mut Tx<'_>,
    action: &ActionKey,
    author_id: Id,
    body: &EvaluationCreate,
) -> Result<Created<Evaluation>> {
    run::only(create_stretch(tx, author_id, &[(action, body)])?)
}

/// Says what came of several actions, or of one several times, one after the other.
pub fn create_all(
    tx: &mut Tx<'_>,
    author_id: Id,
    bodies: &[Placed<'_, ActionKey, EvaluationCreate>],
) -> Result<Outcomes<Evaluation>> {
    let keys = |(_, body): Placed<'_, ActionKey, EvaluationCreate>| Vec::from_iter(body.id);
    run::in_stretches(bodies, keys, |bodies| create_stretch(tx, author_id, bodies))
}

fn create_stretch(
    tx: &mut Tx<'_>,
    author_id: Id,
    bodies: &[Placed<'_, ActionKey, EvaluationCreate>],
) -> Result<Outcomes<Evaluation>> {
    let now = tx.now;
    let evaluate = |action: &ActionKey, body: &EvaluationCreate, digest| {
        if action.withdrawn {
            return Err(Error::conflict("withdrawn", "The action was withdrawn."));
        }
        Ok(Evaluation {
            network_id: action.network_id,
            id: body.id.unwrap_or_default(),
            cycle_id: action.cycle_id,
            action_id: action.id,
            expected_effect: body.expected_effect.to_string(),
            seen_effect: body.seen_effect.to_string(),
            verdict: body.verdict,
            judged_by: body.judged_by,
            beneficiaries: body.beneficiaries.as_deref().map(Into::into),
            state: RecordState::Current,
            state_reason: None,
            author_id,
            happened_at: HappenedAt::or_now(body.happened_at, now),
            created_at: now,
            updated_at: now,
            version: 1,
            digest,
        })
    };
    let here = |action: &ActionKey, stored: &Evaluation| stored.action_id == action.id;
    let run = Run::below(tx, bodies, |action| action.id, store::find_all, here, evaluate)?;
    store::insert_all(tx, &run.fresh())?;
    Ok(run.noted(tx))
}

pub fn withdraw(
    tx: &mut Tx<'_>,
    evaluation: Evaluation,
    person_id: Id,
    if_match: &IfMatch,
    body: &Withdrawal,
) -> Result<Evaluation> {
    transitions::move_one(tx, person_id, Edit { record: evaluation, if_match, body }, store::save)
}

/// Withdraws different evaluations.
pub fn withdraw_all(
    tx: &mut Tx<'_>,
    person_id: Id,
    edits: Vec<Edit<'_, Evaluation, Withdrawal>>,
) -> Result<Edited<Evaluation>> {
    transitions::move_all(tx, person_id, edits, store::save_all)
}
