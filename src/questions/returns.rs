//! Telling the citizen what came of their question.

use super::store::returns as store;
use super::types::{Question, Return, ReturnCreate};
use crate::access::Tx;
use crate::error::Result;
use crate::http::body::HappenedAt;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{self, RecordState, Withdrawal};
use crate::record::{self, Created};

/// Records what was told back. It may be done after the cycle was closed: the citizen is told when there is something
/// to tell.
pub fn create(
    tx: &mut Tx<'_>,
    question: &Question,
    author_id: Id,
    body: &ReturnCreate,
) -> Result<Created<Return>> {
    let digest = tx.digest(body.id, question.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.question_id == question.id;
        return record::replay(stored, &digest, here);
    }
    practice::not_withdrawn(question.state == RecordState::Withdrawn)?;
    let told = Return {
        network_id: question.network_id,
        id: body.id.unwrap_or_default(),
        cycle_id: question.cycle_id,
        question_id: question.id,
        text: body.text.to_string(),
        recognised: body.recognised,
        response: body.response.as_deref().map(Into::into),
        state: RecordState::Current,
        state_reason: None,
        author_id,
        happened_at: HappenedAt::or_now(body.happened_at, tx.now),
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &told)?;
    tx.note("created", &told);
    Ok(Created::fresh(told))
}

pub fn withdraw(
    tx: &mut Tx<'_>,
    mut told: Return,
    person_id: Id,
    if_match: &IfMatch,
    body: &Withdrawal,
) -> Result<Return> {
    if !practice::withdraw(tx, &told, told.state, person_id, if_match, body)? {
        return Ok(told);
    }
    told.state = RecordState::Withdrawn;
    told.state_reason = Some(body.reason.to_string());
    store::save(tx, &mut told)?;
    tx.note("withdrawn", &told);
    Ok(told)
}
