//! What others disclose of how they came to a competence, in the database.

use super::types::HelpingColleague;
use crate::access::Tx;
use crate::db::schema::{
    competence_statements, insights, learning_goals, members, people, question_competences, questions,
};
use crate::disclosure::{Disclosure, members_of};
use crate::ids::Id;
use crate::insights::types::InsightState;
use crate::learning_goals::types::{GoalRow, GoalState};
use crate::practice::RecordState;
use diesel::prelude::*;

/// Entries of each list, at most.
pub const MOST: i64 = 50;

/// Who discloses the competence to the members of these networks and offers help, but for the viewer.
pub fn helping(
    tx: &mut Tx<'_>,
    viewer: Id,
    networks: &[Id],
    competence_id: Id,
) -> QueryResult<Vec<HelpingColleague>> {
    let fellows = members_of(networks.to_vec(), tx.now);
    competence_statements::table
        .inner_join(people::table.on(people::id.eq(competence_statements::person_id)))
        .filter(competence_statements::competence_id.eq(competence_id))
        .filter(competence_statements::disclosure.eq(Disclosure::Network))
        .filter(competence_statements::offers_help.eq(true))
        .filter(competence_statements::person_id.ne(viewer))
        .filter(competence_statements::person_id.eq_any(fellows))
        .order((competence_statements::created_at.desc(), competence_statements::id.desc()))
        .limit(MOST)
        .select((people::id, people::display_name, competence_statements::id, competence_statements::level))
        .load(tx.conn())
}

/// Goals for the competence that others achieved and disclose to whomever, with the name of each person; newest first.
pub fn achieved(tx: &mut Tx<'_>, viewer: Id, competence_id: Id) -> QueryResult<Vec<(GoalRow, String)>> {
    learning_goals::table
        .inner_join(people::table.on(people::id.eq(learning_goals::person_id)))
        .filter(learning_goals::competence_id.eq(competence_id))
        .filter(learning_goals::state.eq(GoalState::Achieved))
        .filter(learning_goals::disclosure.eq(Disclosure::Network))
        .filter(learning_goals::person_id.ne(viewer))
        .filter(people::active.eq(true))
        .order((learning_goals::created_at.desc(), learning_goals::id.desc()))
        .select((learning_goals::all_columns, people::display_name))
        .load(tx.conn())
}

/// Those of `people` who are members of one of these networks today.
pub fn fellows(tx: &mut Tx<'_>, networks: &[Id], people: &[Id]) -> QueryResult<Vec<Id>> {
    members_of(networks.to_vec(), tx.now).filter(members::person_id.eq_any(people.to_vec())).load(tx.conn())
}

/// Shared insights from cycles whose questions ask for the competence, whomever they reach.
pub fn insights_of_asking_cycles(tx: &mut Tx<'_>, competence_id: Id) -> QueryResult<Vec<Id>> {
    let same_question = questions::network_id
        .eq(question_competences::network_id)
        .and(questions::id.eq(question_competences::question_id));
    let same_cycle =
        insights::network_id.eq(questions::network_id).and(insights::cycle_id.eq(questions::cycle_id));
    question_competences::table
        .inner_join(questions::table.on(same_question))
        .inner_join(insights::table.on(same_cycle))
        .filter(question_competences::competence_id.eq(competence_id))
        .filter(questions::state.eq(RecordState::Current))
        .filter(insights::state.eq(InsightState::Shared))
        .select(insights::id)
        .distinct()
        .load(tx.conn())
}
