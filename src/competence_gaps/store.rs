//! What questions ask for and what people state, in the database.

use super::rules::Asking;
use crate::access::Tx;
use crate::competences::types::Competence;
use crate::cycles::types::Phase;
use crate::db::schema::{
    competence_statements, competences, cycles, learning_goals, networks, question_competences, questions,
    returns,
};
use crate::disclosure::{Disclosure, members_of};
use crate::http::page::Page;
use crate::ids::Id;
use crate::learning_goals::types::GoalState;
use crate::networks::types::NetworkState;
use crate::newest_first;
use crate::practice::RecordState;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

/// Where questions are looked for.
pub enum Scope {
    Networks(Vec<Id>),
    /// Those of the cycles that lie in one of these networks.
    Cycles {
        homes: Vec<Id>,
        cycles: Vec<Id>,
    },
}

/// What open questions ask for. A question is open until something was told back, as in the report of a cycle; not when
/// it was withdrawn, and not in a cycle that was given up.
pub fn asking(tx: &mut Tx<'_>, scope: Scope) -> QueryResult<Vec<Asking>> {
    let same_question = questions::network_id
        .eq(question_competences::network_id)
        .and(questions::id.eq(question_competences::question_id));
    let its_cycle = cycles::network_id.eq(questions::network_id).and(cycles::id.eq(questions::cycle_id));
    let told = returns::table
        .filter(returns::network_id.eq(questions::network_id))
        .filter(returns::question_id.eq(questions::id))
        .filter(returns::state.eq(RecordState::Current));
    let query = question_competences::table
        .inner_join(questions::table.on(same_question))
        .inner_join(cycles::table.on(its_cycle))
        .filter(questions::state.eq(RecordState::Current))
        .filter(cycles::phase.ne(Phase::Abandoned))
        .filter(not(exists(told)))
        .select((question_competences::competence_id, questions::id, questions::happened_at))
        .into_boxed();
    let query = match scope {
        Scope::Networks(networks) => query.filter(question_competences::network_id.eq_any(networks)),
        Scope::Cycles { homes, cycles } => {
            query.filter(questions::network_id.eq_any(homes)).filter(questions::cycle_id.eq_any(cycles))
        }
    };
    let rows: Vec<(Id, Id, crate::clock::Instant)> = query.load(tx.conn())?;
    let asking =
        |(competence_id, question_id, happened_at)| Asking { competence_id, question_id, happened_at };
    Ok(rows.into_iter().map(asking).collect())
}

/// Those of the networks that are at work: an archived one asks nothing more of anybody.
pub fn active(tx: &mut Tx<'_>, ids: Vec<Id>) -> QueryResult<Vec<Id>> {
    networks::table
        .filter(networks::id.eq_any(ids))
        .filter(networks::state.eq(NetworkState::Active))
        .select(networks::id)
        .load(tx.conn())
}

/// The competences that members of a network disclose.
pub fn disclosed_in(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Vec<Id>> {
    let members = members_of(vec![network_id], tx.now);
    competence_statements::table
        .filter(competence_statements::disclosure.eq(Disclosure::Network))
        .filter(competence_statements::person_id.eq_any(members))
        .select(competence_statements::competence_id)
        .distinct()
        .load(tx.conn())
}

/// The competences that somebody has stated, to whomever.
pub fn stated_by(tx: &mut Tx<'_>, person_id: Id) -> QueryResult<Vec<Id>> {
    competence_statements::table
        .filter(competence_statements::person_id.eq(person_id))
        .select(competence_statements::competence_id)
        .load(tx.conn())
}

/// Somebody's open learning goals, with their competences.
pub fn open_goals_of(tx: &mut Tx<'_>, person_id: Id) -> QueryResult<Vec<(Id, Id)>> {
    learning_goals::table
        .filter(learning_goals::person_id.eq(person_id))
        .filter(learning_goals::state.eq(GoalState::Open))
        .select((learning_goals::competence_id, learning_goals::id))
        .load(tx.conn())
}

/// A page of these competences.
pub fn page_of(tx: &mut Tx<'_>, ids: Vec<Id>, page: &Page) -> QueryResult<Vec<Competence>> {
    let query = newest_first!(
        competences::table.filter(competences::id.eq_any(ids)),
        page,
        competences::created_at,
        competences::id
    );
    query.load(tx.conn())
}
