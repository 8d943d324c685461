//! Reviews of actions in the database.

use super::types::ActionReview;
use crate::access::{Locate, Place, Tx};
use crate::actions::types::ActionState;
use crate::db::schema::{action_carries, action_reviews, actions};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use crate::practice::RecordState;
use crate::sessions::store::place;
use crate::sessions::types::Session;
use diesel::prelude::*;

crate::record_store!(action_reviews, ActionReview);

/// A review by its id.
#[derive(Clone)]
pub struct OneActionReview(pub Id);

impl Locate for OneActionReview {
    type Found = ActionReview;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(ActionReview, Place)>> {
        Ok(find(tx, self.0)?.map(|review| {
            let place = place(review.network_id, review.cycle_id).by(review.author_id);
            (review, place)
        }))
    }
}

pub fn list(
    tx: &mut Tx<'_>,
    session: &Session,
    state: RecordState,
    page: &Page,
) -> QueryResult<Vec<ActionReview>> {
    let query = newest_first!(
        action_reviews::table
            .filter(action_reviews::network_id.eq(session.network_id))
            .filter(action_reviews::session_id.eq(session.id))
            .filter(action_reviews::state.eq(state)),
        page,
        action_reviews::created_at,
        action_reviews::id
    );
    query.load(tx.conn())
}

/// Which of these actions the session has reviewed: (action, review).
pub fn reviewed(tx: &mut Tx<'_>, session: &Session, actions: &[Id]) -> QueryResult<Vec<(Id, Id)>> {
    action_reviews::table
        .filter(action_reviews::network_id.eq(session.network_id))
        .filter(action_reviews::session_id.eq(session.id))
        .filter(action_reviews::action_id.eq_any(actions))
        .filter(action_reviews::state.eq(RecordState::Current))
        .select((action_reviews::action_id, action_reviews::id))
        .load(tx.conn())
}

/// Whether an action stands within the session's reach: of its cycle or carried into it, or of its network.
pub fn action_stands(tx: &mut Tx<'_>, session: &Session, id: Id) -> QueryResult<bool> {
    let mut action = actions::table
        .filter(actions::network_id.eq(session.network_id))
        .filter(actions::id.eq(id))
        .filter(actions::state.ne(ActionState::Withdrawn))
        .select(actions::id)
        .into_boxed();
    if let Some(cycle_id) = session.cycle_id {
        let carried_in = action_carries::table
            .filter(action_carries::network_id.eq(session.network_id))
            .filter(action_carries::to_cycle_id.eq(cycle_id))
            .select(action_carries::action_id);
        action = action.filter(actions::cycle_id.eq(cycle_id).or(actions::id.eq_any(carried_in)));
    }
    Ok(action.get_result::<Id>(tx.conn()).optional()?.is_some())
}
