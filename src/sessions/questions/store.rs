//! Questions put in sessions, in the database.

use super::types::{SessionQuestion, SessionQuestionFilter};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::session_questions;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use crate::practice::RecordState;
use crate::sessions::store::place;
use crate::sessions::types::Session;
use diesel::prelude::*;

crate::record_store!(session_questions, SessionQuestion);

/// A question put in a session, by its id.
#[derive(Clone)]
pub struct OneSessionQuestion(pub Id);

impl Locate for OneSessionQuestion {
    type Found = SessionQuestion;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(SessionQuestion, Place)>> {
        Ok(find(tx, self.0)?.map(|question| {
            let place = place(question.network_id, question.cycle_id).by(question.author_id);
            (question, place)
        }))
    }
}

pub fn list(
    tx: &mut Tx<'_>,
    session: &Session,
    filter: &SessionQuestionFilter,
    page: &Page,
) -> QueryResult<Vec<SessionQuestion>> {
    let mut query = newest_first!(
        session_questions::table
            .filter(session_questions::network_id.eq(session.network_id))
            .filter(session_questions::session_id.eq(session.id))
            .filter(session_questions::state.eq(filter.state.unwrap_or(RecordState::Current))),
        page,
        session_questions::created_at,
        session_questions::id
    );
    if let Some(kind) = filter.kind {
        query = query.filter(session_questions::kind.eq(kind));
    }
    query.load(tx.conn())
}
