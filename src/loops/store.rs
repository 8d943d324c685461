//! Loads a cycle's facts: one query a kind of record, whatever their number.

use super::OpenAction;
use super::rules::{
    ActionFact, Carry, Dated, EvaluationFact, Facts, ObservationFact, ReflectionFact, ReturnFact,
};
use crate::access::Tx;
use crate::actions::types::ActionState;
use crate::db::schema::{
    action_carries, action_reflections, actions, evaluations, observations, questions,
    reflection_observations, reflections, returns,
};
use crate::ids::Id;
use crate::practice::RecordState;
use crate::reflections::types::Visibility;
use diesel::prelude::*;

pub fn load(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id) -> QueryResult<Facts> {
    let questions = questions::table
        .filter(questions::network_id.eq(network_id))
        .filter(questions::cycle_id.eq(cycle_id))
        .filter(questions::state.eq(RecordState::Current))
        .select((questions::id, questions::happened_at))
        .load(tx.conn())?
        .into_iter()
        .map(|(id, happened_at)| Dated { id, happened_at })
        .collect();
    let returns = returns::table
        .filter(returns::network_id.eq(network_id))
        .filter(returns::cycle_id.eq(cycle_id))
        .filter(returns::state.eq(RecordState::Current))
        .select((returns::question_id, returns::happened_at, returns::recognised))
        .load(tx.conn())?
        .into_iter()
        .map(|(question_id, happened_at, recognised)| ReturnFact { question_id, happened_at, recognised })
        .collect();
    let observations = observations::table
        .filter(observations::network_id.eq(network_id))
        .filter(observations::cycle_id.eq(cycle_id))
        .select((
            observations::id,
            observations::happened_at,
            observations::state,
            observations::perspective,
            observations::voice,
            observations::question_id,
        ))
        .load(tx.conn())?
        .into_iter()
        .map(|(id, happened_at, state, perspective, voice, question_id)| ObservationFact {
            id,
            happened_at,
            state,
            perspective,
            voice,
            question_id,
        })
        .collect();
    let shared = reflections::cycle_id
        .eq(cycle_id)
        .and(reflections::network_id.eq(network_id))
        .and(reflections::state.eq(RecordState::Current))
        .and(reflections::visibility.eq(Visibility::Network));
    let reflections_made = reflections::table
        .filter(shared)
        .select((reflections::id, reflections::happened_at, reflections::loop_depth))
        .load(tx.conn())?
        .into_iter()
        .map(|(id, happened_at, loop_depth)| ReflectionFact { id, happened_at, loop_depth })
        .collect();
    let same_reflection = reflections::network_id
        .eq(reflection_observations::network_id)
        .and(reflections::id.eq(reflection_observations::reflection_id));
    let reflected = reflection_observations::table
        .inner_join(reflections::table.on(same_reflection))
        .filter(shared)
        .select((reflection_observations::reflection_id, reflection_observations::observation_id))
        .load(tx.conn())?;
    let taken = actions::cycle_id
        .eq(cycle_id)
        .and(actions::network_id.eq(network_id))
        .and(actions::state.ne(ActionState::Withdrawn));
    let actions_taken = actions::table
        .filter(taken)
        .select((actions::id, actions::happened_at, actions::state))
        .load(tx.conn())?
        .into_iter()
        .map(|(id, happened_at, state)| ActionFact { id, happened_at, state })
        .collect();
    let same_action = actions::network_id
        .eq(action_reflections::network_id)
        .and(actions::id.eq(action_reflections::action_id));
    let followed = action_reflections::table
        .inner_join(actions::table.on(same_action))
        .filter(taken)
        .select((action_reflections::action_id, action_reflections::reflection_id))
        .load(tx.conn())?;
    let evaluations_given = evaluations::table
        .filter(evaluations::network_id.eq(network_id))
        .filter(evaluations::cycle_id.eq(cycle_id))
        .filter(evaluations::state.eq(RecordState::Current))
        .select((evaluations::action_id, evaluations::happened_at))
        .load(tx.conn())?
        .into_iter()
        .map(|(action_id, happened_at)| EvaluationFact { action_id, happened_at })
        .collect();

    let carried_in = carries(tx, network_id, cycle_id, true)?;
    let carried_out = carries(tx, network_id, cycle_id, false)?;
    let carried_ids: Vec<Id> = carried_in.iter().map(|carry| carry.action_id).collect();
    let (mut carried_actions, mut carried_evaluated) = (Vec::new(), Vec::new());
    if !carried_ids.is_empty() {
        carried_actions = actions::table
            .filter(actions::network_id.eq(network_id))
            .filter(actions::id.eq_any(&carried_ids))
            .filter(actions::state.ne(ActionState::Withdrawn))
            .select((actions::id, actions::happened_at, actions::state))
            .load(tx.conn())?
            .into_iter()
            .map(|(id, happened_at, state)| ActionFact { id, happened_at, state })
            .collect();
        carried_evaluated = evaluations::table
            .filter(evaluations::network_id.eq(network_id))
            .filter(evaluations::action_id.eq_any(&carried_ids))
            .filter(evaluations::state.eq(RecordState::Current))
            .select(evaluations::action_id)
            .load::<Id>(tx.conn())?;
    }
    Ok(Facts {
        questions,
        returns,
        observations,
        reflections: reflections_made,
        reflected,
        actions: actions_taken,
        followed,
        evaluations: evaluations_given,
        carried_in,
        carried_actions,
        carried_evaluated: carried_evaluated.into_iter().collect(),
        carried_out,
    })
}

/// Carries into a cycle, or out of it.
fn carries(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id, inward: bool) -> QueryResult<Vec<Carry>> {
    let mut query = action_carries::table
        .filter(action_carries::network_id.eq(network_id))
        .order((action_carries::carried_at, action_carries::action_id))
        .select((
            action_carries::action_id,
            action_carries::from_cycle_id,
            action_carries::to_cycle_id,
            action_carries::carried_at,
        ))
        .into_boxed();
    query = if inward {
        query.filter(action_carries::to_cycle_id.eq(cycle_id))
    } else {
        query.filter(action_carries::from_cycle_id.eq(cycle_id))
    };
    let rows: Vec<(Id, Id, Id, crate::clock::Instant)> = query.load(tx.conn())?;
    let carry = |(action_id, from_cycle_id, to_cycle_id, carried_at)| Carry {
        action_id,
        from_cycle_id,
        to_cycle_id,
        carried_at,
    };
    Ok(rows.into_iter().map(carry).collect())
}

pub fn actions(tx: &mut Tx<'_>, network_id: Id, ids: &[Id]) -> QueryResult<Vec<OpenAction>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Id, Id, i32)> = actions::table
        .filter(actions::network_id.eq(network_id))
        .filter(actions::id.eq_any(ids))
        .order(actions::id)
        .select((actions::id, actions::cycle_id, actions::version))
        .load(tx.conn())?;
    Ok(rows
        .into_iter()
        .map(|(id, cycle_id, version)| OpenAction { network_id, id, cycle_id, version })
        .collect())
}
