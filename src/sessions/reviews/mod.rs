//! Open actions, reviewed one by one in a session.

pub mod api;
mod store;
pub mod types;

use super::types::Session;
use crate::access::Tx;
use crate::actions::types::Action;
use crate::edits::Edit;
use crate::error::{Error, Result};
use crate::http::page::Page;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::loops::open_now;
use crate::practice::{RecordState, Withdrawal, dangling};
use crate::record::{self, Created};
use crate::transitions;
use serde_json::json;
use std::collections::HashMap;
use types::{ActionReview, ActionReviewCreate, SessionOpenAction};

/// Says what the set thinks of one action; once in a session, as long as it is not withdrawn.
pub fn create(
    tx: &mut Tx<'_>,
    session: &Session,
    author_id: Id,
    body: &ActionReviewCreate,
) -> Result<Created<ActionReview>> {
    let digest = tx.digest(body.id, session.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.session_id == session.id;
        return record::replay(stored, &digest, here);
    }
    super::takes_records(tx, session)?;
    if !store::action_stands(tx, session, body.action_id)? {
        return Err(Error::dangling(vec![dangling("actionId", body.action_id)]));
    }
    if let Some((_, review_id)) = store::reviewed(tx, session, &[body.action_id])?.first() {
        let detail = "The session has reviewed this action. Withdraw that review to make another.";
        return Err(Error::conflict("already_reviewed", detail).with("reviewId", json!(review_id)));
    }
    let review = ActionReview {
        id: body.id.unwrap_or_default(),
        network_id: session.network_id,
        session_id: session.id,
        cycle_id: session.cycle_id,
        action_id: body.action_id,
        note: body.note.to_string(),
        decision: body.decision,
        state: RecordState::Current,
        state_reason: None,
        author_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &review)?;
    tx.note("created", &review);
    Ok(Created::fresh(review))
}

pub fn withdraw(
    tx: &mut Tx<'_>,
    review: ActionReview,
    person_id: Id,
    if_match: &IfMatch,
    body: &Withdrawal,
) -> Result<ActionReview> {
    transitions::move_one(tx, person_id, Edit { record: review, if_match, body }, store::save)
}

/// What is open now in the session's cycle or network, and whether the session has reviewed it. `all_cycles` tells that
/// the viewer sees actions of other cycles, too.
pub fn open_actions(
    tx: &mut Tx<'_>,
    session: &Session,
    all_cycles: bool,
    page: &Page,
) -> Result<Vec<SessionOpenAction>> {
    let open = open_now::page(tx, session.network_id, session.cycle_id, page)?;
    let ids: Vec<Id> = open.iter().map(|action| action.id).collect();
    let reviewed: HashMap<Id, Id> = store::reviewed(tx, session, &ids)?.into_iter().collect();
    let shown =
        |action: &Action| all_cycles || session.cycle_id.is_none_or(|cycle_id| cycle_id == action.cycle_id);
    let item = |action: Action| SessionOpenAction {
        action_id: action.id,
        since: action.happened_at,
        due_on: action.due_on,
        review_id: reviewed.get(&action.id).copied(),
        action: shown(&action).then_some(action),
    };
    Ok(open.into_iter().map(item).collect())
}
