//! Telling the citizen what came of their question.

use super::store::returns as store;
use super::types::{Question, Return, ReturnCreate};
use crate::access::Tx;
use crate::edits::{Edit, Edited};
use crate::error::Result;
use crate::http::body::HappenedAt;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{self, RecordState, Withdrawal};
use crate::record::Created;
use crate::run::{self, Outcomes, Placed, Run};
use crate::transitions;
pub use store::OneReturn;

/// Records what was told back. It may be done after the cycle was closed: the citizen is told when there is something
/// to tell.
pub fn create(
    tx: &mut Tx<'_>,
    question: &Question,
    author_id: Id,
    body: &ReturnCreate,
) -> Result<Created<Return>> {
    run::only(create_stretch(tx, author_id, &[(question, body)])?)
}

/// Records what was told back to several questions, or to one several times, one after the other.
pub fn create_all(
    tx: &mut Tx<'_>,
    author_id: Id,
    bodies: &[Placed<'_, Question, ReturnCreate>],
) -> Result<Outcomes<Return>> {
    let keys = |(_, body): Placed<'_, Question, ReturnCreate>| Vec::from_iter(body.id);
    run::in_stretches(bodies, keys, |bodies| create_stretch(tx, author_id, bodies))
}

fn create_stretch(
    tx: &mut Tx<'_>,
    author_id: Id,
    bodies: &[Placed<'_, Question, ReturnCreate>],
) -> Result<Outcomes<Return>> {
    let now = tx.now;
    let tell = |question: &Question, body: &ReturnCreate, digest| {
        practice::not_withdrawn(question.state == RecordState::Withdrawn)?;
        Ok(Return {
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
            happened_at: HappenedAt::or_now(body.happened_at, now),
            created_at: now,
            updated_at: now,
            version: 1,
            digest,
        })
    };
    let here = |question: &Question, stored: &Return| stored.question_id == question.id;
    let run = Run::below(tx, bodies, |question| question.id, store::find_all, here, tell)?;
    store::insert_all(tx, &run.fresh())?;
    Ok(run.noted(tx))
}

pub fn withdraw(
    tx: &mut Tx<'_>,
    told: Return,
    person_id: Id,
    if_match: &IfMatch,
    body: &Withdrawal,
) -> Result<Return> {
    transitions::move_one(tx, person_id, Edit { record: told, if_match, body }, store::save)
}

/// Withdraws different returns.
pub fn withdraw_all(
    tx: &mut Tx<'_>,
    person_id: Id,
    edits: Vec<Edit<'_, Return, Withdrawal>>,
) -> Result<Edited<Return>> {
    transitions::move_all(tx, person_id, edits, store::save_all)
}
