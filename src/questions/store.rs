//! Questions and returns in the database.

use super::types::{Question, QuestionFilter};
use crate::access::{Locate, Located, Place, Tx, in_order};
use crate::db::schema::{pseudonyms, question_competences, questions};
use crate::edits::by_network;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::practice::RecordState;
use crate::record::Record;
use crate::{newest_first, on_days};
use diesel::prelude::*;

crate::run_store!(
    questions,
    Question(
        cycle_id,
        text,
        pseudonym_id,
        life_domains,
        competence_ids,
        state,
        state_reason,
        author_id,
        happened_at,
        created_at,
        updated_at,
        version,
        digest,
    )
);

/// A question by its id.
#[derive(Clone)]
pub struct OneQuestion(pub Id);

impl Locate for OneQuestion {
    type Found = Question;

    fn named(&self) -> Option<(&'static str, Id)> {
        Some((Question::KIND, self.0))
    }

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Question, Place)>> {
        Ok(find(tx, self.0)?.map(placed))
    }

    fn locate_all(these: &[OneQuestion], tx: &mut Tx<'_>) -> Result<Vec<Located<Question>>> {
        let ids: Vec<Id> = these.iter().map(|one| one.0).collect();
        let found = find_all(tx, &ids)?.into_iter();
        Ok(in_order(&ids, found.map(|record| (record.id, placed(record)))))
    }
}

fn placed(question: Question) -> (Question, Place) {
    let place = Place::cycle(question.network_id, question.cycle_id).by(question.author_id);
    (question, place)
}

pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle_id: Option<Id>,
    filter: &QuestionFilter,
    page: &Page,
) -> QueryResult<Vec<Question>> {
    let mut query = newest_first!(
        questions::table
            .filter(questions::network_id.eq(network_id))
            .filter(questions::state.eq(filter.state.unwrap_or(RecordState::Current))),
        page,
        questions::happened_at,
        questions::id
    );
    query = on_days!(query, filter.days(), questions::happened_at);
    if let Some(cycle_id) = cycle_id {
        query = query.filter(questions::cycle_id.eq(cycle_id));
    }
    query.load(tx.conn())
}

/// Writes the link rows of the competences that questions ask for.
pub fn link(tx: &mut Tx<'_>, questions: &[&Question]) -> QueryResult<()> {
    let rows: Vec<_> = questions
        .iter()
        .flat_map(|question| {
            question.competence_ids.iter().map(|competence_id| {
                (
                    question_competences::network_id.eq(question.network_id),
                    question_competences::question_id.eq(question.id),
                    question_competences::competence_id.eq(competence_id),
                )
            })
        })
        .collect();
    crate::insert_rows!(tx, question_competences, rows)
}

pub fn unlink(tx: &mut Tx<'_>, questions: &[&Question]) -> QueryResult<()> {
    by_network(questions).into_iter().try_for_each(|(network_id, ids)| {
        let competences = question_competences::table
            .filter(question_competences::network_id.eq(network_id))
            .filter(question_competences::question_id.eq_any(ids));
        diesel::delete(competences).execute(tx.conn()).map(drop)
    })
}

/// Those of `ids` that are pseudonyms of the network.
pub fn pseudonyms_standing(tx: &mut Tx<'_>, network_id: Id, ids: &[Id]) -> QueryResult<Vec<Id>> {
    pseudonyms::table
        .filter(pseudonyms::network_id.eq(network_id))
        .filter(pseudonyms::id.eq_any(ids))
        .select(pseudonyms::id)
        .load(tx.conn())
}

/// What was told back.
pub mod returns {
    use super::super::types::Return;
    use super::{Id, Locate, Located, Page, Place, RecordState, Result, Tx, in_order};
    use crate::db::schema::returns;
    use crate::newest_first;
    use crate::record::Record;
    use diesel::prelude::*;

    crate::run_store!(
        returns,
        Return(
            cycle_id,
            question_id,
            text,
            recognised,
            response,
            state,
            state_reason,
            author_id,
            happened_at,
            created_at,
            updated_at,
            version,
            digest,
        )
    );

    /// A return by its id.
    #[derive(Clone)]
    pub struct OneReturn(pub Id);

    impl Locate for OneReturn {
        type Found = Return;

        fn named(&self) -> Option<(&'static str, Id)> {
            Some((Return::KIND, self.0))
        }

        fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Return, Place)>> {
            Ok(find(tx, self.0)?.map(placed))
        }

        fn locate_all(these: &[OneReturn], tx: &mut Tx<'_>) -> Result<Vec<Located<Return>>> {
            let ids: Vec<Id> = these.iter().map(|one| one.0).collect();
            let found = find_all(tx, &ids)?.into_iter();
            Ok(in_order(&ids, found.map(|record| (record.id, placed(record)))))
        }
    }

    fn placed(told: Return) -> (Return, Place) {
        let place = Place::cycle(told.network_id, told.cycle_id).by(told.author_id);
        (told, place)
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
