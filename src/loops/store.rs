//! Loads the facts of cycles: one query a kind of record, however many records and cycles there are.
//!
//! What is linked to a record is joined from its left, although there is a link to each: SQLite, which knows nothing of
//! how many there are, would begin with all links of the network instead.

use super::OpenAction;
use super::among::{Among, CycleKey, Cycles};
use super::days::Days;
use super::rules::{
    ActionFact, Carry, Dated, EvaluationFact, Facts, ObservationFact, ReflectionFact, ReturnFact,
};
use crate::access::Tx;
use crate::actions::types::ActionState;
use crate::clock::Instant;
use crate::db::schema::{
    action_carries, action_reflections, actions, cycles, evaluations, observations, questions,
    reflection_observations, reflections, returns,
};
use crate::ids::Id;
use crate::observations::types::{ObservationState, Voice};
use crate::practice::{Perspective, RecordState};
use crate::reflections::types::Visibility;
use diesel::prelude::*;
use std::collections::HashMap;

/// The facts of cycles by their ids.
type ByCycle = HashMap<Id, Facts>;

/// The facts of some cycles, at least one; of one in which there is nothing too.
pub fn load(tx: &mut Tx<'_>, cycles: &[CycleKey]) -> QueryResult<ByCycle> {
    let mut facts: ByCycle = cycles.iter().map(|cycle| (cycle.id, Facts::default())).collect();
    let cycles = Cycles::These(cycles);
    practised(tx, cycles, &mut facts)?;
    carried(tx, cycles, &mut facts)?;
    Ok(facts)
}

/// The facts of all cycles of a network together, and of its inbox. Carries are left out: they tell in which of the cycles
/// an action is open, and here it is open once.
pub fn load_network(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Facts> {
    let mut by_cycle = ByCycle::new();
    practised(tx, Cycles::AllOf { network_id }, &mut by_cycle)?;
    let mut facts = Facts::default();
    by_cycle.into_values().for_each(|of_cycle| facts.take_in(of_cycle));
    facts.inbox = inbox(tx, network_id)?;
    Ok(facts)
}

/// Adds what some of a network's cycles hold to its facts, as [`load_network`] does with all of them.
pub fn add_cycles(tx: &mut Tx<'_>, cycles: &[CycleKey], facts: &mut Facts) -> QueryResult<()> {
    let mut by_cycle = ByCycle::new();
    practised(tx, Cycles::These(cycles), &mut by_cycle)?;
    by_cycle.into_values().for_each(|of_cycle| facts.take_in(of_cycle));
    Ok(())
}

/// The cycles of a network.
pub fn cycles(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Vec<CycleKey>> {
    let ids: Vec<Id> = cycles::table
        .filter(cycles::network_id.eq(network_id))
        .order(cycles::id)
        .select(cycles::id)
        .load(tx.conn())?;
    Ok(ids.into_iter().map(|id| CycleKey { network_id, id }).collect())
}

/// Those cycles of a network, or that one of it, that began on the days.
pub fn begun(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle_id: Option<Id>,
    days: &Days,
) -> QueryResult<Vec<CycleKey>> {
    let mut found = cycles::table.filter(cycles::network_id.eq(network_id)).into_boxed();
    if let Some(cycle_id) = cycle_id {
        found = found.filter(cycles::id.eq(cycle_id));
    }
    if let Some(starts_at) = days.starts_at() {
        found = found.filter(cycles::created_at.ge(starts_at));
    }
    if let Some(ends_at) = days.ends_at() {
        found = found.filter(cycles::created_at.lt(ends_at));
    }
    let ids: Vec<Id> = found.order(cycles::id).select(cycles::id).load(tx.conn())?;
    Ok(ids.into_iter().map(|id| CycleKey { network_id, id }).collect())
}

/// The observations that nobody has taken into a cycle.
pub fn inbox(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Vec<Dated>> {
    let rows: Vec<(Id, Instant)> = observations::table
        .filter(observations::network_id.eq(network_id))
        .filter(observations::cycle_id.is_null())
        .filter(observations::state.eq(ObservationState::Logged))
        .select((observations::id, observations::happened_at))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(id, happened_at)| Dated { id, happened_at }).collect())
}

fn practised(tx: &mut Tx<'_>, cycles: Cycles<'_>, facts: &mut ByCycle) -> QueryResult<()> {
    asked_and_told(tx, cycles, facts)?;
    seen(tx, cycles, facts)?;
    thought(tx, cycles, facts)?;
    tried(tx, cycles, facts)
}

fn asked_and_told(tx: &mut Tx<'_>, cycles: Cycles<'_>, facts: &mut ByCycle) -> QueryResult<()> {
    let among = Among { network: questions::network_id, cycle: questions::cycle_id, cycles };
    let rows: Vec<(Id, Id, Instant)> = questions::table
        .filter(among)
        .filter(questions::state.eq(RecordState::Current))
        .select((questions::cycle_id, questions::id, questions::happened_at))
        .load(tx.conn())?;
    for (cycle, id, happened_at) in rows {
        facts.entry(cycle).or_default().questions.push(Dated { id, happened_at });
    }
    let among = Among { network: returns::network_id, cycle: returns::cycle_id, cycles };
    let rows: Vec<(Id, Id, Instant, _)> = returns::table
        .filter(among)
        .filter(returns::state.eq(RecordState::Current))
        .select((returns::cycle_id, returns::question_id, returns::happened_at, returns::recognised))
        .load(tx.conn())?;
    for (cycle, question_id, happened_at, recognised) in rows {
        facts.entry(cycle).or_default().returns.push(ReturnFact { question_id, happened_at, recognised });
    }
    Ok(())
}

fn seen(tx: &mut Tx<'_>, cycles: Cycles<'_>, facts: &mut ByCycle) -> QueryResult<()> {
    let among = Among { network: observations::network_id, cycle: observations::cycle_id, cycles };
    type Row = (Id, Instant, ObservationState, Perspective, Option<Voice>, Option<Id>);
    let rows: Vec<(Id, Row)> = observations::table
        .filter(among)
        .select((
            observations::cycle_id.assume_not_null(),
            (
                observations::id,
                observations::happened_at,
                observations::state,
                observations::perspective,
                observations::voice,
                observations::question_id,
            ),
        ))
        .load(tx.conn())?;
    for (cycle, (id, happened_at, state, perspective, voice, question_id)) in rows {
        let fact =
            ObservationFact { id, in_cycle: true, happened_at, state, perspective, voice, question_id };
        facts.entry(cycle).or_default().observations.push(fact);
    }
    Ok(())
}

/// Reflections that only their author sees are left out.
fn thought(tx: &mut Tx<'_>, cycles: Cycles<'_>, facts: &mut ByCycle) -> QueryResult<()> {
    let among = || Among { network: reflections::network_id, cycle: reflections::cycle_id, cycles };
    let shared =
        reflections::state.eq(RecordState::Current).and(reflections::visibility.eq(Visibility::Network));
    let rows: Vec<(Id, Id, Instant, _)> = reflections::table
        .filter(among())
        .filter(shared)
        .select((reflections::cycle_id, reflections::id, reflections::happened_at, reflections::loop_depth))
        .load(tx.conn())?;
    for (cycle, id, happened_at, loop_depth) in rows {
        facts.entry(cycle).or_default().reflections.push(ReflectionFact { id, happened_at, loop_depth });
    }
    let same_reflection = reflections::network_id
        .eq(reflection_observations::network_id)
        .and(reflections::id.eq(reflection_observations::reflection_id));
    let rows: Vec<(Id, Id, Option<Id>)> = reflections::table
        .left_join(reflection_observations::table.on(same_reflection))
        .filter(among())
        .filter(shared)
        .select((reflections::cycle_id, reflections::id, reflection_observations::observation_id.nullable()))
        .load(tx.conn())?;
    for (cycle, reflection, observation) in rows {
        let linked = observation.map(|observation| (reflection, observation));
        facts.entry(cycle).or_default().reflected.extend(linked);
    }
    Ok(())
}

fn tried(tx: &mut Tx<'_>, cycles: Cycles<'_>, facts: &mut ByCycle) -> QueryResult<()> {
    let among = || Among { network: actions::network_id, cycle: actions::cycle_id, cycles };
    let rows: Vec<(Id, Id, Instant, ActionState)> = actions::table
        .filter(among())
        .filter(actions::state.ne(ActionState::Withdrawn))
        .select((actions::cycle_id, actions::id, actions::happened_at, actions::state))
        .load(tx.conn())?;
    for (cycle, id, happened_at, state) in rows {
        facts.entry(cycle).or_default().actions.push(ActionFact { id, happened_at, state });
    }
    let same_action = actions::network_id
        .eq(action_reflections::network_id)
        .and(actions::id.eq(action_reflections::action_id));
    let rows: Vec<(Id, Id, Option<Id>)> = actions::table
        .left_join(action_reflections::table.on(same_action))
        .filter(among())
        .filter(actions::state.ne(ActionState::Withdrawn))
        .select((actions::cycle_id, actions::id, action_reflections::reflection_id.nullable()))
        .load(tx.conn())?;
    for (cycle, action, reflection) in rows {
        let linked = reflection.map(|reflection| (action, reflection));
        facts.entry(cycle).or_default().followed.extend(linked);
    }
    let among = Among { network: evaluations::network_id, cycle: evaluations::cycle_id, cycles };
    let rows: Vec<(Id, Id, Id, Instant, _)> = evaluations::table
        .filter(among)
        .filter(evaluations::state.eq(RecordState::Current))
        .select((
            evaluations::cycle_id,
            evaluations::id,
            evaluations::action_id,
            evaluations::happened_at,
            evaluations::verdict,
        ))
        .load(tx.conn())?;
    for (cycle, id, action_id, happened_at, verdict) in rows {
        let fact = EvaluationFact { id, action_id, happened_at, verdict };
        facts.entry(cycle).or_default().evaluations.push(fact);
    }
    Ok(())
}

/// Carries into the cycles and out of them, and of what came in how it stands.
fn carried(tx: &mut Tx<'_>, cycles: Cycles<'_>, facts: &mut ByCycle) -> QueryResult<()> {
    let into = || Among { network: action_carries::network_id, cycle: action_carries::to_cycle_id, cycles };
    let columns = (
        action_carries::action_id,
        action_carries::from_cycle_id,
        action_carries::to_cycle_id,
        action_carries::carried_at,
    );
    let order = (action_carries::carried_at, action_carries::action_id);
    let carry = |(action_id, from_cycle_id, to_cycle_id, carried_at)| Carry {
        action_id,
        from_cycle_id,
        to_cycle_id,
        carried_at,
    };
    let out = Among { network: action_carries::network_id, cycle: action_carries::from_cycle_id, cycles };
    let rows = action_carries::table.filter(out).order(order).select(columns);
    for row in rows.load::<(Id, Id, Id, Instant)>(tx.conn())? {
        facts.entry(row.1).or_default().carried_out.push(carry(row));
    }
    let rows = action_carries::table.filter(into()).order(order).select(columns);
    let rows: Vec<(Id, Id, Id, Instant)> = rows.load(tx.conn())?;
    if rows.is_empty() {
        return Ok(());
    }
    for row in rows {
        facts.entry(row.2).or_default().carried_in.push(carry(row));
    }
    let same_action =
        actions::network_id.eq(action_carries::network_id).and(actions::id.eq(action_carries::action_id));
    let rows: Vec<(Id, Id, Instant, ActionState)> = action_carries::table
        .inner_join(actions::table.on(same_action))
        .filter(into())
        .filter(actions::state.ne(ActionState::Withdrawn))
        .select((action_carries::to_cycle_id, actions::id, actions::happened_at, actions::state))
        .load(tx.conn())?;
    for (cycle, id, happened_at, state) in rows {
        facts.entry(cycle).or_default().carried_actions.push(ActionFact { id, happened_at, state });
    }
    let evaluated = evaluations::network_id
        .eq(action_carries::network_id)
        .and(evaluations::action_id.eq(action_carries::action_id))
        .and(evaluations::state.eq(RecordState::Current));
    let rows: Vec<(Id, Option<Id>)> = action_carries::table
        .left_join(evaluations::table.on(evaluated))
        .filter(into())
        .select((action_carries::to_cycle_id, evaluations::action_id.nullable()))
        .load(tx.conn())?;
    for (cycle, action) in rows {
        facts.entry(cycle).or_default().carried_evaluated.extend(action);
    }
    Ok(())
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
