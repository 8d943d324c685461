//! Figures over many cycles, added up from cells: what is told of a cycle, and to whom, is decided before it gets here.
//! Pure.

use super::cells::CycleCells;
use super::days::Days;
use crate::cells::{Cell, Split, Sum};
use crate::clock::Instant;
use crate::cycles::types::Phase;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The days that figures are of, in Europe/Amsterdam; without a bound on a side where none was given. It picks whole cycles:
/// a cycle counts in the period in which it began, and never a part of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Period {
    pub since: Option<NaiveDate>,
    /// The first day after it.
    pub until: Option<NaiveDate>,
}

impl From<Days> for Period {
    fn from(days: Days) -> Period {
        Period { since: days.from, until: days.to.and_then(|last| last.succ_opt()) }
    }
}

impl Period {
    /// Whether a cycle that began then counts in it.
    pub fn holds(&self, began: Instant) -> bool {
        let day = began.day();
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// Sums over cycles, each with all that it holds by now; withdrawn records and what is visible to its author alone count
/// nowhere. Those who are no members of a network are told of a cycle what counts 0 or five at least, and of a part of
/// something only as long as no other part follows from it. Null where nothing but 0 is told and something is withheld.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    pub questions: Sum,
    pub observations: Sum,
    pub reflections: Sum,
    pub actions: Sum,
    pub evaluations: ByVerdict,
    pub closure: Closure,
    /// Reflections in which an assumption gave way, of double or triple loop depth: a signal, never a target.
    pub frame_shifts: Sum,
    /// How many counts of single cycles are withheld, and so left out of these sums.
    pub withheld_cells: usize,
}

/// Evaluations by what they found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ByVerdict {
    pub worked: Sum,
    pub partly: Sum,
    pub did_not_work: Sum,
}

/// How many of the observations went all the way round. An observation counts in the cycle where it was made, however
/// much later its loop was closed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Closure {
    /// The observations it is about.
    pub cohort: Sum,
    pub evaluated: Sum,
    pub closed_without_action: Sum,
    /// Neither evaluated nor closed without action, by now.
    pub open: Sum,
    /// Evaluated of the cohort, from 0 to 1, in those cycles that tell how many were evaluated; null when nothing was
    /// observed in them.
    pub rate: Option<f64>,
    /// Evaluated and cohort in those cycles.
    #[serde(skip)]
    #[schemars(skip)]
    rated: (usize, usize),
}

impl Figures {
    fn add(&mut self, cells: &CycleCells) {
        self.questions.add(cells.questions.whole);
        self.observations.add(cells.observations.whole);
        self.reflections.add(cells.reflections.whole);
        self.actions.add(cells.actions.whole);
        let [worked, partly, did_not_work] = cells.evaluations.parts;
        self.evaluations.worked.add(worked);
        self.evaluations.partly.add(partly);
        self.evaluations.did_not_work.add(did_not_work);
        let [frame_shifts, _] = cells.reflections.parts;
        self.frame_shifts.add(frame_shifts);
        self.closure.add(&cells.observations);
        self.withheld_cells += cells.withheld();
    }

    /// Adds the figures of other cycles.
    pub fn merge(&mut self, other: &Figures) {
        self.questions.merge(other.questions);
        self.observations.merge(other.observations);
        self.reflections.merge(other.reflections);
        self.actions.merge(other.actions);
        self.evaluations.worked.merge(other.evaluations.worked);
        self.evaluations.partly.merge(other.evaluations.partly);
        self.evaluations.did_not_work.merge(other.evaluations.did_not_work);
        self.frame_shifts.merge(other.frame_shifts);
        self.closure.merge(&other.closure);
        self.withheld_cells += other.withheld_cells;
    }
}

impl Closure {
    fn add(&mut self, observations: &Split<3>) {
        let [evaluated, closed, open] = observations.parts;
        self.cohort.add(observations.whole);
        self.evaluated.add(evaluated);
        self.closed_without_action.add(closed);
        self.open.add(open);
        if let (Some(evaluated), Some(cohort)) = (evaluated.told(), observations.whole.told()) {
            self.rate_with(evaluated, cohort);
        }
    }

    fn merge(&mut self, other: &Closure) {
        self.cohort.merge(other.cohort);
        self.evaluated.merge(other.evaluated);
        self.closed_without_action.merge(other.closed_without_action);
        self.open.merge(other.open);
        self.rate_with(other.rated.0, other.rated.1);
    }

    fn rate_with(&mut self, evaluated: usize, cohort: usize) {
        self.rated = (self.rated.0 + evaluated, self.rated.1 + cohort);
        let (evaluated, cohort) = self.rated;
        self.rate = (cohort > 0).then(|| evaluated as f64 / cohort as f64);
    }
}

/// The figures of some cycles, and how many of them were too small to be among them.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// None where no cycle is told of.
    pub figures: Option<Figures>,
    pub withheld_cycles: usize,
}

impl Gathered {
    pub fn add(&mut self, cells: &CycleCells) {
        match cells.enough {
            true => self.figures.get_or_insert_default().add(cells),
            false => self.withheld_cycles += 1,
        }
    }
}

/// Cycles by the phase they are in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// Actions without an evaluation, each once, however often it was carried into a next cycle.
    pub actions: Waiting,
    /// Questions whose citizen was told nothing.
    pub questions: Waiting,
}

/// How many wait, and for how long.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Waiting {
    /// Those who are no members of a network are told of a cycle, or of an inbox, where 0 or five at least wait; null where
    /// nothing but 0 is told and something is withheld.
    pub count: Sum,
    /// Calendar days since the oldest of those that are told happened; null where there are none.
    pub oldest_days: Option<i64>,
    /// How many counts of single cycles, or of an inbox, are withheld, and so left out.
    pub withheld_cells: usize,
}

/// How long something is open: calendar days since it happened.
pub fn age_days(since: Instant, now: Instant) -> i64 {
    (now.day() - since.day()).num_days().max(0)
}

impl OpenEnds {
    pub fn add(&mut self, cells: &CycleCells, now: Instant) {
        let [_, _, observation] = cells.observations.parts;
        let [action, _] = cells.actions.parts;
        let [question, _] = cells.questions.parts;
        self.observations.add(observation, cells.oldest.observation, now);
        self.actions.add(action, cells.oldest.action, now);
        self.questions.add(question, cells.oldest.question, now);
    }

    pub fn merge(&mut self, other: &OpenEnds) {
        self.observations.merge(&other.observations);
        self.inbox.merge(&other.inbox);
        self.actions.merge(&other.actions);
        self.questions.merge(&other.questions);
    }
}

impl Waiting {
    /// Adds so many, the oldest of which happened then. Where they are hidden, so is the age: it is one case's.
    pub fn add(&mut self, count: Cell, oldest: Option<Instant>, now: Instant) {
        self.count.add(count);
        self.withheld_cells = self.count.withheld();
        let told = oldest.filter(|_| count.told().is_some());
        self.oldest_days = self.oldest_days.max(told.map(|oldest| age_days(oldest, now)));
    }

    fn merge(&mut self, other: &Waiting) {
        self.count.merge(other.count);
        self.withheld_cells = self.count.withheld();
        self.oldest_days = self.oldest_days.max(other.oldest_days);
    }
}
