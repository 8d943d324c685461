//! Questions put in a session.

pub mod api;
mod store;
pub mod types;

use super::types::Session;
use crate::access::Tx;
use crate::edits::Edit;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{RecordState, Withdrawal, dangling};
use crate::record::{self, Created};
use crate::transitions;
use types::{SessionQuestion, SessionQuestionCreate};

/// Records a question that was put; who put it is told or not, and was present.
pub fn create(
    tx: &mut Tx<'_>,
    session: &Session,
    author_id: Id,
    body: &SessionQuestionCreate,
) -> Result<Created<SessionQuestion>> {
    let digest = tx.digest(body.id, session.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.session_id == session.id;
        return record::replay(stored, &digest, here);
    }
    super::takes_records(tx, session)?;
    if let Some(asked_by_id) = body.asked_by_id
        && !session.present_ids.contains(&asked_by_id)
    {
        return Err(Error::dangling(vec![dangling("askedById", asked_by_id)]));
    }
    let question = SessionQuestion {
        id: body.id.unwrap_or_default(),
        network_id: session.network_id,
        session_id: session.id,
        cycle_id: session.cycle_id,
        kind: body.kind,
        text: body.text.to_string(),
        asked_by_id: body.asked_by_id,
        state: RecordState::Current,
        state_reason: None,
        author_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &question)?;
    tx.note("created", &question);
    Ok(Created::fresh(question))
}

pub fn withdraw(
    tx: &mut Tx<'_>,
    question: SessionQuestion,
    person_id: Id,
    if_match: &IfMatch,
    body: &Withdrawal,
) -> Result<SessionQuestion> {
    transitions::move_one(tx, person_id, Edit { record: question, if_match, body }, store::save)
}
