//! What research is told of, in the database: records as they stand now, that the network sees, piece by piece.

use super::rules::Links;
use crate::access::Tx;
use crate::actions::types::{Action, ActionState};
use crate::db::schema::{
    action_reflections, actions, evaluations, networks, observation_pseudonyms, observations, perceptions,
    questions, reflection_observations, reflections, returns,
};
use crate::effect_squares::perceptions::types::Perception;
use crate::evaluations::types::Evaluation;
use crate::ids::Id;
use crate::observations::types::{Observation, ObservationState};
use crate::practice::RecordState;
use crate::questions::types::{Question, Return};
use crate::reflections::types::{Reflection, Visibility};
use diesel::prelude::*;

/// Records that are read at a time.
pub const PIECE: i64 = 200;

pub fn links(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Links> {
    let asked_by = questions::table
        .filter(questions::network_id.eq(network_id))
        .filter(questions::pseudonym_id.is_not_null())
        .select((questions::id, questions::pseudonym_id.assume_not_null()))
        .load(tx.conn())?;
    let mut about: Vec<(Id, Id)> = observation_pseudonyms::table
        .filter(observation_pseudonyms::network_id.eq(network_id))
        .select((observation_pseudonyms::observation_id, observation_pseudonyms::pseudonym_id))
        .load(tx.conn())?;
    let seen_by: Vec<(Id, Id)> = observations::table
        .filter(observations::network_id.eq(network_id))
        .filter(observations::on_behalf_of_pseudonym_id.is_not_null())
        .select((observations::id, observations::on_behalf_of_pseudonym_id.assume_not_null()))
        .load(tx.conn())?;
    about.extend(seen_by);
    let bears_on = observations::table
        .filter(observations::network_id.eq(network_id))
        .filter(observations::question_id.is_not_null())
        .select((observations::id, observations::question_id.assume_not_null()))
        .load(tx.conn())?;
    let thinks_about = reflection_observations::table
        .filter(reflection_observations::network_id.eq(network_id))
        .select((reflection_observations::reflection_id, reflection_observations::observation_id))
        .load(tx.conn())?;
    let follows_from = action_reflections::table
        .filter(action_reflections::network_id.eq(network_id))
        .select((action_reflections::action_id, action_reflections::reflection_id))
        .load(tx.conn())?;
    Ok(Links { asked_by, about, bears_on, thinks_about, follows_from })
}

/// A function that reads the records of a kind after an id, in the order of their ids.
macro_rules! piece {
    ($name:ident, $table:ident, $record:ty, $current:expr) => {
        pub fn $name(tx: &mut Tx<'_>, network_id: Id, after: Id) -> QueryResult<Vec<$record>> {
            $table::table
                .filter($table::network_id.eq(network_id))
                .filter($table::id.gt(after))
                .filter($current)
                .order($table::id)
                .limit(PIECE)
                .load(tx.conn())
        }
    };
}

piece!(questions_after, questions, Question, questions::state.eq(RecordState::Current));
piece!(returns_after, returns, Return, returns::state.eq(RecordState::Current));
piece!(observations_after, observations, Observation, observations::state.ne(ObservationState::Withdrawn));
piece!(
    reflections_after,
    reflections,
    Reflection,
    reflections::state.eq(RecordState::Current).and(reflections::visibility.eq(Visibility::Network))
);
piece!(actions_after, actions, Action, actions::state.ne(ActionState::Withdrawn));
piece!(evaluations_after, evaluations, Evaluation, evaluations::state.eq(RecordState::Current));
piece!(perceptions_after, perceptions, Perception, perceptions::state.eq(RecordState::Current));

pub fn network_name(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<String> {
    networks::table.filter(networks::id.eq(network_id)).select(networks::name).get_result(tx.conn())
}
