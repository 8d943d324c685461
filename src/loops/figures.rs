//! Figures over many cycles, as numbers that can be shown outside of the networks they are of. Pure.

use super::rules::{Facts, OpenItem, OpenType, Stage};
use crate::clock::Instant;
use crate::cycles::types::Phase;
use crate::evaluations::types::Verdict;
use crate::observations::types::ObservationState;
use crate::reflections::types::LoopDepth;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

/// Observations that figures are made of at least, to be told outside of a cycle's own report. Figures of fewer would be
/// read as what one person did or one citizen said.
pub const FEW: usize = 10;

/// The days that figures are of, in Europe/Amsterdam; without a bound on a side where none was given.
#[derive(Clone, Copy, Debug, Default)]
pub struct Period {
    pub since: Option<NaiveDate>,
    /// The first day after it.
    pub until: Option<NaiveDate>,
}

impl Period {
    fn holds(&self, at: Instant) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let day = at.day();
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// Sums over cycles. Records count by when they happened; withdrawn ones and what is visible to its author alone count
/// nowhere.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    pub questions: usize,
    pub observations: usize,
    pub reflections: usize,
    pub actions: usize,
    pub evaluations: ByVerdict,
    pub closure: Closure,
    /// Reflections in which an assumption gave way, of double or triple loop depth: a signal, never a target.
    pub frame_shifts: usize,
}

/// Evaluations by what they found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ByVerdict {
    pub worked: usize,
    pub partly: usize,
    pub did_not_work: usize,
}

/// How many of the observations went all the way round. An observation counts where it was made, however much later its
/// loop was closed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Closure {
    /// The observations it is about: the denominator of `rate`.
    pub cohort: usize,
    pub evaluated: usize,
    pub closed_without_action: usize,
    /// Neither evaluated nor closed without action, by now.
    pub open: usize,
    /// Evaluated of the cohort, from 0 to 1; null when nothing was observed.
    pub rate: Option<f64>,
}

impl Figures {
    /// Adds a cycle, as far as it lies in the period.
    pub fn add(&mut self, facts: &Facts, period: &Period) {
        let within = |at: Instant| usize::from(period.holds(at));
        self.questions += facts.questions.iter().map(|question| within(question.happened_at)).sum::<usize>();
        self.actions += facts.actions.iter().map(|action| within(action.happened_at)).sum::<usize>();
        for reflection in &facts.reflections {
            let counted = within(reflection.happened_at);
            self.reflections += counted;
            if reflection.loop_depth != LoopDepth::Single {
                self.frame_shifts += counted;
            }
        }
        for evaluation in &facts.evaluations {
            *match evaluation.verdict {
                Verdict::Worked => &mut self.evaluations.worked,
                Verdict::Partly => &mut self.evaluations.partly,
                Verdict::DidNotWork => &mut self.evaluations.did_not_work,
            } += within(evaluation.happened_at);
        }
        let stages = facts.stages();
        for observation in facts.current_observations().filter(|o| period.holds(o.happened_at)) {
            self.observations += 1;
            self.closure.cohort += 1;
            if stages.get(&observation.id) == Some(&Stage::Evaluated) {
                self.closure.evaluated += 1;
            } else if observation.state == ObservationState::Closed {
                self.closure.closed_without_action += 1;
            } else {
                self.closure.open += 1;
            }
        }
        self.closure.set_rate();
    }

    /// Adds the figures of other cycles.
    pub fn merge(&mut self, other: &Figures) {
        self.questions += other.questions;
        self.observations += other.observations;
        self.reflections += other.reflections;
        self.actions += other.actions;
        self.evaluations.worked += other.evaluations.worked;
        self.evaluations.partly += other.evaluations.partly;
        self.evaluations.did_not_work += other.evaluations.did_not_work;
        self.frame_shifts += other.frame_shifts;
        self.closure.cohort += other.closure.cohort;
        self.closure.evaluated += other.closure.evaluated;
        self.closure.closed_without_action += other.closure.closed_without_action;
        self.closure.open += other.closure.open;
        self.closure.set_rate();
    }

    /// None where they are of too few observations to be told.
    pub fn unless_few(self) -> Option<Figures> {
        (self.closure.cohort >= FEW).then_some(self)
    }
}

impl Closure {
    fn set_rate(&mut self) {
        self.rate = (self.cohort > 0).then(|| self.evaluated as f64 / self.cohort as f64);
    }
}

/// Cycles by the phase they are in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CyclesByPhase {
    pub plan: usize,
    pub act: usize,
    pub observe: usize,
    pub reflect: usize,
    pub closed: usize,
    pub abandoned: usize,
}

impl CyclesByPhase {
    pub fn count(&mut self, phase: Phase) {
        *match phase {
            Phase::Plan => &mut self.plan,
            Phase::Act => &mut self.act,
            Phase::Observe => &mut self.observe,
            Phase::Reflect => &mut self.reflect,
            Phase::Closed => &mut self.closed,
            Phase::Abandoned => &mut self.abandoned,
        } += 1;
    }

    pub fn merge(&mut self, other: &CyclesByPhase) {
        self.plan += other.plan;
        self.act += other.act;
        self.observe += other.observe;
        self.reflect += other.reflect;
        self.closed += other.closed;
        self.abandoned += other.abandoned;
    }
}

/// What is open now, as numbers and ages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OpenEnds {
    /// Observations in cycles that are neither evaluated nor closed without action.
    pub observations: Waiting,
    /// Observations that nobody has taken into a cycle.
    pub inbox: Waiting,
    /// Actions without an evaluation, each counted in the cycle that carried it last.
    pub actions: Waiting,
    /// Questions whose citizen was told nothing.
    pub questions: Waiting,
}

/// How many wait, and for how long.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Waiting {
    pub count: usize,
    /// Calendar days since the oldest of them happened; null where nothing waits.
    pub oldest_days: Option<i64>,
}

/// How long something is open: calendar days since it happened.
pub fn age_days(since: Instant, now: Instant) -> i64 {
    (now.day() - since.day()).num_days().max(0)
}

impl OpenEnds {
    pub fn add(&mut self, open: &[OpenItem], now: Instant) {
        for item in open {
            let waiting = match item.kind {
                OpenType::Observation => &mut self.observations,
                OpenType::Action => &mut self.actions,
                OpenType::Question => &mut self.questions,
            };
            waiting.add(1, item.since, now);
        }
    }

    pub fn merge(&mut self, other: &OpenEnds) {
        self.observations.merge(&other.observations);
        self.inbox.merge(&other.inbox);
        self.actions.merge(&other.actions);
        self.questions.merge(&other.questions);
    }
}

impl Waiting {
    /// Adds so many, the oldest of which happened then.
    pub fn add(&mut self, count: usize, oldest: Instant, now: Instant) {
        self.merge(&Waiting { count, oldest_days: Some(age_days(oldest, now)) });
    }

    fn merge(&mut self, other: &Waiting) {
        self.count += other.count;
        self.oldest_days = self.oldest_days.max(other.oldest_days);
    }
}
