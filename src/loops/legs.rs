//! How long the loop takes from one kind of record to the next. Pure.

use super::rules::{Dated, Facts};
use crate::clock::Instant;
use crate::ids::Id;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;
use strum::IntoStaticStr;

/// The five legs of the loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, IntoStaticStr)]
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
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
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

/// All five legs, always.
pub fn legs(facts: &Facts) -> Vec<Leg> {
    let observations: Vec<Dated> =
        facts.current_observations().map(|o| Dated { id: o.id, happened_at: o.happened_at }).collect();
    let reflections: Vec<Dated> =
        facts.reflections.iter().map(|r| Dated { id: r.id, happened_at: r.happened_at }).collect();
    let actions: Vec<Dated> =
        facts.counting_actions().map(|a| Dated { id: a.id, happened_at: a.happened_at }).collect();
    let when = |records: &[Dated]| -> HashMap<Id, Instant> {
        records.iter().map(|r| (r.id, r.happened_at)).collect()
    };
    let (reflected_at, acted_at) = (when(&reflections), when(&actions));

    let named = facts.current_observations().filter_map(|o| Some((o.question_id?, o.happened_at)));
    let reflected = facts.reflected.iter().filter_map(|(r, o)| Some((*o, *reflected_at.get(r)?)));
    let acted = facts.followed.iter().filter_map(|(a, r)| Some((*r, *acted_at.get(a)?)));
    let evaluated = facts.evaluations.iter().map(|e| (e.action_id, e.happened_at));
    let returned = facts.returns.iter().map(|r| (r.question_id, r.happened_at));
    vec![
        leg(LegEnd::Question, LegEnd::Observation, &facts.questions, named),
        leg(LegEnd::Observation, LegEnd::Reflection, &observations, reflected),
        leg(LegEnd::Reflection, LegEnd::Action, &reflections, acted),
        leg(LegEnd::Action, LegEnd::Evaluation, &actions, evaluated),
        leg(LegEnd::Question, LegEnd::Return, &facts.questions, returned),
    ]
}

fn leg(from: LegEnd, to: LegEnd, sources: &[Dated], successors: impl Iterator<Item = (Id, Instant)>) -> Leg {
    let mut earliest: HashMap<Id, Instant> = HashMap::new();
    for (source, at) in successors {
        earliest.entry(source).and_modify(|first| *first = at.min(*first)).or_insert(at);
    }
    let mut leg =
        Leg { from, to, count: 0, median_seconds: None, p90_seconds: None, still_open: 0, out_of_order: 0 };
    let mut cases = Vec::new();
    for source in sources {
        match earliest.get(&source.id).map(|at| at.seconds_since(source.happened_at)) {
            None => leg.still_open += 1,
            Some(seconds) if seconds < 0.0 => leg.out_of_order += 1,
            Some(seconds) => cases.push(seconds),
        }
    }
    cases.sort_by(f64::total_cmp);
    leg.count = cases.len();
    leg.median_seconds = percentile(&cases, 0.5);
    leg.p90_seconds = if cases.len() < 10 { None } else { percentile(&cases, 0.9) };
    leg
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
