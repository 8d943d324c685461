//! The facts around some records, as far as they decide whether these are open: a few queries, however many there are.

use super::rules::{
    ActionFact, Dated, EvaluationFact, Facts, ObservationFact, OpenType, ReflectionFact, ReturnFact,
};
use crate::access::Tx;
use crate::actions::types::ActionState;
use crate::clock::Instant;
use crate::db::schema::{
    action_reflections, actions, evaluations, observations, questions, reflection_observations, reflections,
    returns,
};
use crate::ids::Id;
use crate::observations::types::ObservationState;
use crate::practice::RecordState;
use crate::reflections::types::Visibility;
use crate::store::in_parts;
use diesel::prelude::*;

/// The facts around records that are named by kind, network and id, of whichever cycles. Carries are left out, which decide
/// where an action is open and not whether it is.
pub fn facts_around(tx: &mut Tx<'_>, records: &[(OpenType, Id, Id)]) -> QueryResult<Facts> {
    let mut networks: Vec<Id> = records.iter().map(|(_, network_id, _)| *network_id).collect();
    networks.sort_unstable();
    networks.dedup();
    let of = |kind| -> Vec<Id> { records.iter().filter(|it| it.0 == kind).map(|it| it.2).collect() };
    let mut facts = Facts::default();
    seen(tx, &networks, &of(OpenType::Observation), &mut facts)?;
    tried(tx, &networks, &of(OpenType::Action), &mut facts)?;
    asked(tx, &networks, &of(OpenType::Question), &mut facts)?;
    Ok(facts)
}

/// Observations, and the reflections that all see.
fn seen(tx: &mut Tx<'_>, networks: &[Id], ids: &[Id], facts: &mut Facts) -> QueryResult<()> {
    if ids.is_empty() {
        return Ok(());
    }
    type Row = (Id, Option<Id>, Instant, ObservationState);
    let rows: Vec<(Row, _, _, _)> = observations::table
        .filter(observations::network_id.eq_any(networks))
        .filter(observations::id.eq_any(ids))
        .select((
            (observations::id, observations::cycle_id, observations::happened_at, observations::state),
            observations::perspective,
            observations::voice,
            observations::question_id,
        ))
        .load(tx.conn())?;
    for ((id, cycle_id, happened_at, state), perspective, voice, question_id) in rows {
        let in_cycle = cycle_id.is_some();
        facts.observations.push(ObservationFact {
            id,
            in_cycle,
            happened_at,
            state,
            perspective,
            voice,
            question_id,
        });
    }
    let same = reflections::network_id
        .eq(reflection_observations::network_id)
        .and(reflections::id.eq(reflection_observations::reflection_id));
    let rows: Vec<(Id, Id, Instant, _)> = reflection_observations::table
        .inner_join(reflections::table.on(same))
        .filter(reflection_observations::network_id.eq_any(networks))
        .filter(reflection_observations::observation_id.eq_any(ids))
        .filter(reflections::state.eq(RecordState::Current))
        .filter(reflections::visibility.eq(Visibility::Network))
        .select((
            reflection_observations::observation_id,
            reflections::id,
            reflections::happened_at,
            reflections::loop_depth,
        ))
        .load(tx.conn())?;
    for (observation, id, happened_at, loop_depth) in rows {
        facts.reflected.push((id, observation));
        facts.reflections.push(ReflectionFact { id, happened_at, loop_depth });
    }
    Ok(())
}

/// These actions and those that followed from the reflections, with their evaluations.
fn tried(tx: &mut Tx<'_>, networks: &[Id], ids: &[Id], facts: &mut Facts) -> QueryResult<()> {
    let mut thoughts: Vec<Id> = facts.reflections.iter().map(|reflection| reflection.id).collect();
    thoughts.sort_unstable();
    thoughts.dedup();
    let followed: Vec<(Id, Id)> = in_parts(&thoughts, |part| {
        action_reflections::table
            .filter(action_reflections::network_id.eq_any(networks))
            .filter(action_reflections::reflection_id.eq_any(part))
            .select((action_reflections::action_id, action_reflections::reflection_id))
            .load(tx.conn())
    })?;
    let mut tried: Vec<Id> = ids.iter().copied().chain(followed.iter().map(|(action, _)| *action)).collect();
    tried.sort_unstable();
    tried.dedup();
    let rows: Vec<(Id, Instant, ActionState)> = in_parts(&tried, |part| {
        actions::table
            .filter(actions::network_id.eq_any(networks))
            .filter(actions::id.eq_any(part))
            .filter(actions::state.ne(ActionState::Withdrawn))
            .select((actions::id, actions::happened_at, actions::state))
            .load(tx.conn())
    })?;
    facts.actions =
        rows.into_iter().map(|(id, happened_at, state)| ActionFact { id, happened_at, state }).collect();
    facts.followed = followed;
    let rows: Vec<(Id, Id, Instant, _)> = in_parts(&tried, |part| {
        evaluations::table
            .filter(evaluations::network_id.eq_any(networks))
            .filter(evaluations::action_id.eq_any(part))
            .filter(evaluations::state.eq(RecordState::Current))
            .select((evaluations::id, evaluations::action_id, evaluations::happened_at, evaluations::verdict))
            .load(tx.conn())
    })?;
    facts.evaluations = rows
        .into_iter()
        .map(|(id, action_id, happened_at, verdict)| EvaluationFact { id, action_id, happened_at, verdict })
        .collect();
    Ok(())
}

/// Questions, and what was told back.
fn asked(tx: &mut Tx<'_>, networks: &[Id], ids: &[Id], facts: &mut Facts) -> QueryResult<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let rows: Vec<(Id, Instant)> = questions::table
        .filter(questions::network_id.eq_any(networks))
        .filter(questions::id.eq_any(ids))
        .filter(questions::state.eq(RecordState::Current))
        .select((questions::id, questions::happened_at))
        .load(tx.conn())?;
    facts.questions = rows.into_iter().map(|(id, happened_at)| Dated { id, happened_at }).collect();
    let rows: Vec<(Id, Instant, _)> = returns::table
        .filter(returns::network_id.eq_any(networks))
        .filter(returns::question_id.eq_any(ids))
        .filter(returns::state.eq(RecordState::Current))
        .select((returns::question_id, returns::happened_at, returns::recognised))
        .load(tx.conn())?;
    facts.returns = rows
        .into_iter()
        .map(|(question_id, happened_at, recognised)| ReturnFact { question_id, happened_at, recognised })
        .collect();
    Ok(())
}
