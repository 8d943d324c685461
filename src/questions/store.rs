//! Questions and returns in the database.

use super::types::Question;
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{pseudonyms, question_competences, questions};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::natively;
use crate::newest_first;
use crate::practice::RecordState;
use diesel::prelude::*;

crate::record_store!(questions, Question);

/// A question by its id.
#[derive(Clone)]
pub struct OneQuestion(pub Id);

impl Locate for OneQuestion {
    type Found = Question;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Question, Place)>> {
        Ok(find(tx, self.0)?.map(|question| {
            let place = Place::cycle(question.network_id, question.cycle_id).by(question.author_id);
            (question, place)
        }))
    }
}

pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle_id: Id,
    state: RecordState,
    page: &Page,
) -> QueryResult<Vec<Question>> {
    let query = newest_first!(
        questions::table
            .filter(questions::network_id.eq(network_id))
            .filter(questions::cycle_id.eq(cycle_id))
            .filter(questions::state.eq(state)),
        page,
        questions::happened_at,
        questions::id
    );
    query.load(tx.conn())
}

/// Writes the link rows of the competences that a question asks for.
pub fn link(tx: &mut Tx<'_>, question: &Question) -> QueryResult<()> {
    let row = |competence_id| {
        (
            question_competences::network_id.eq(question.network_id),
            question_competences::question_id.eq(question.id),
            question_competences::competence_id.eq(competence_id),
        )
    };
    let rows: Vec<_> = question.competence_ids.iter().map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    natively!(tx.conn(), c => diesel::insert_into(question_competences::table).values(&rows).execute(c))
        .map(drop)
}

pub fn unlink(tx: &mut Tx<'_>, question: &Question) -> QueryResult<()> {
    let competences = question_competences::table
        .filter(question_competences::network_id.eq(question.network_id))
        .filter(question_competences::question_id.eq(question.id));
    diesel::delete(competences).execute(tx.conn()).map(drop)
}

pub fn pseudonym_stands(tx: &mut Tx<'_>, network_id: Id, id: Id) -> QueryResult<bool> {
    let pseudonym =
        pseudonyms::table.filter(pseudonyms::network_id.eq(network_id)).filter(pseudonyms::id.eq(id));
    diesel::select(diesel::dsl::exists(pseudonym)).get_result(tx.conn())
}

/// What was told back.
pub mod returns {
    use super::super::types::Return;
    use super::{Id, Locate, Page, Place, RecordState, Result, Tx};
    use crate::db::schema::returns;
    use crate::newest_first;
    use diesel::prelude::*;

    crate::record_store!(returns, Return);

    /// A return by its id.
    #[derive(Clone)]
    pub struct OneReturn(pub Id);

    impl Locate for OneReturn {
        type Found = Return;

        fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Return, Place)>> {
            Ok(find(tx, self.0)?.map(|told| {
                let place = Place::cycle(told.network_id, told.cycle_id).by(told.author_id);
                (told, place)
            }))
        }
    }

    pub fn list(
        tx: &mut Tx<'_>,
        network_id: Id,
        question_id: Id,
        state: RecordState,
        page: &Page,
    ) -> QueryResult<Vec<Return>> {
        let query = newest_first!(
            returns::table
                .filter(returns::network_id.eq(network_id))
                .filter(returns::question_id.eq(question_id))
                .filter(returns::state.eq(state)),
            page,
            returns::happened_at,
            returns::id
        );
        query.load(tx.conn())
    }
}
