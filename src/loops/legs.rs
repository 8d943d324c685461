//! How long the loop takes from one kind of record to the next. Pure.

use super::rules::{ActionFact, Dated, Facts, ObservationFact, ReflectionFact};
use crate::clock::Instant;
use crate::ids::Id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use strum::IntoStaticStr;

/// The five legs of the loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum LegEnd {
    Question,
    Observation,
    Reflection,
    Action,
    Evaluation,
    Return,
}

/// The time from one kind of record to the next: one case for each source record that has a successor, to its
/// earliest. `count + stillOpen + outOfOrder` is the number of source records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Leg {
    pub from: LegEnd,
    pub to: LegEnd,
    pub count: usize,
    /// Null without a case.
    pub median_seconds: Option<f64>,
    /// Null under ten cases.
    pub p90_seconds: Option<f64>,
    /// Source records that have not got there.
    pub still_open: usize,
    /// Source records whose earliest successor happened before them; left out of the times.
    pub out_of_order: usize,
}

/// One source record of a leg, and how far it got.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub source: Dated,
    pub outcome: Outcome,
}

/// How far a source record got on its leg.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// Its earliest successor happened so much later.
    Reached {
        seconds: f64,
    },
    StillOpen,
    /// Its earliest successor happened before it.
    OutOfOrder,
}

/// A leg, case by case.
#[derive(Debug)]
pub struct Cases {
    pub from: LegEnd,
    pub to: LegEnd,
    pub cases: Vec<Case>,
}

/// All five legs, always: of the source records that are chosen.
pub fn legs(facts: &Facts, chosen: impl Fn(&Dated) -> bool) -> Vec<Leg> {
    cases(facts).iter().map(|leg| measured(leg, &chosen)).collect()
}

fn measured(leg: &Cases, chosen: &impl Fn(&Dated) -> bool) -> Leg {
    let (mut still_open, mut out_of_order, mut times) = (0, 0, Vec::new());
    for case in leg.cases.iter().filter(|case| chosen(&case.source)) {
        match case.outcome {
            Outcome::Reached { seconds } => times.push(seconds),
            Outcome::StillOpen => still_open += 1,
            Outcome::OutOfOrder => out_of_order += 1,
        }
    }
    times.sort_by(f64::total_cmp);
    Leg {
        from: leg.from,
        to: leg.to,
        count: times.len(),
        median_seconds: percentile(&times, 0.5),
        p90_seconds: if times.len() < 10 { None } else { percentile(&times, 0.9) },
        still_open,
        out_of_order,
    }
}

/// The cases of all five legs.
pub fn cases(facts: &Facts) -> [Cases; 5] {
    let observations: Vec<Dated> = facts.current_observations().map(ObservationFact::dated).collect();
    let reflections: Vec<Dated> = facts.reflections.iter().map(ReflectionFact::dated).collect();
    let actions: Vec<Dated> = facts.counting_actions().map(ActionFact::dated).collect();
    let when = |records: &[Dated]| -> HashMap<Id, Instant> {
        records.iter().map(|r| (r.id, r.happened_at)).collect()
    };
    let (reflected_at, acted_at) = (when(&reflections), when(&actions));

    let named = facts.current_observations().filter_map(|o| Some((o.question_id?, o.happened_at)));
    let reflected = facts.reflected.iter().filter_map(|(r, o)| Some((*o, *reflected_at.get(r)?)));
    let acted = facts.followed.iter().filter_map(|(a, r)| Some((*r, *acted_at.get(a)?)));
    let evaluated = facts.evaluations.iter().map(|e| (e.action_id, e.happened_at));
    let returned = facts.returns.iter().map(|r| (r.question_id, r.happened_at));
    [
        leg(LegEnd::Question, LegEnd::Observation, &facts.questions, named),
        leg(LegEnd::Observation, LegEnd::Reflection, &observations, reflected),
        leg(LegEnd::Reflection, LegEnd::Action, &reflections, acted),
        leg(LegEnd::Action, LegEnd::Evaluation, &actions, evaluated),
        leg(LegEnd::Question, LegEnd::Return, &facts.questions, returned),
    ]
}

fn leg(
    from: LegEnd,
    to: LegEnd,
    sources: &[Dated],
    successors: impl Iterator<Item = (Id, Instant)>,
) -> Cases {
    let mut earliest: HashMap<Id, Instant> = HashMap::new();
    for (source, at) in successors {
        earliest.entry(source).and_modify(|first| *first = at.min(*first)).or_insert(at);
    }
    let outcome = |source: &Dated| match earliest.get(&source.id) {
        None => Outcome::StillOpen,
        Some(at) if *at < source.happened_at => Outcome::OutOfOrder,
        Some(at) => Outcome::Reached { seconds: at.seconds_since(source.happened_at) },
    };
    let cases = sources.iter().map(|source| Case { source: *source, outcome: outcome(source) });
    Cases { from, to, cases: cases.collect() }
}

/// The percentile of sorted values with linear interpolation, as PostgreSQL's `percentile_cont` has it.
pub fn percentile(sorted: &[f64], fraction: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = fraction * last as f64;
    let (below, above) = (sorted[position.floor() as usize], sorted[position.ceil() as usize]);
    Some(below + (above - below) * position.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_interpolate_linearly() {
        assert_eq!(percentile(&[], 0.5), None);
        assert_eq!(percentile(&[4.0], 0.9), Some(4.0));
        assert_eq!(percentile(&[1.0, 2.0, 3.0, 4.0], 0.5), Some(2.5));
        let tens: Vec<f64> = (1..=10).map(f64::from).collect();
        assert!((percentile(&tens, 0.9).unwrap_or_default() - 9.1).abs() < 1e-9);
    }
}
