//! Evaluations: what came of an action.

pub mod api;
mod store;
pub mod types;

use crate::access::Tx;
use crate::error::{Error, Result};
use crate::http::body::HappenedAt;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{self, RecordState, Withdrawal};
use crate::record::{self, Created};
pub use store::ActionKey;
use types::{Evaluation, EvaluationCreate};

/// Says what came of an action, in whatever phase its cycle is.
pub fn create(
    tx: &mut Tx<'_>,
    action: &ActionKey,
    author_id: Id,
    body: &EvaluationCreate,
) -> Result<Created<Evaluation>> {
    let digest = tx.digest(body.id, action.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.action_id == action.id;
        return record::replay(stored, &digest, here);
    }
    if action.withdrawn {
        return Err(Error::conflict("withdrawn", "The action was withdrawn."));
    }
    let evaluation = Evaluation {
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
        happened_at: HappenedAt::or_now(body.happened_at, tx.now),
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &evaluation)?;
    tx.note("created", &evaluation);
    Ok(Created::fresh(evaluation))
}

pub fn withdraw(
    tx: &mut Tx<'_>,
    mut evaluation: Evaluation,
    person_id: Id,
    if_match: &IfMatch,
    body: &Withdrawal,
) -> Result<Evaluation> {
    if !practice::withdraw(tx, &evaluation, evaluation.state, person_id, if_match, body)? {
        return Ok(evaluation);
    }
    evaluation.state = RecordState::Withdrawn;
    evaluation.state_reason = Some(body.reason.to_string());
    store::save(tx, &mut evaluation)?;
    tx.note("withdrawn", &evaluation);
    Ok(evaluation)
}
