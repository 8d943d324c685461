//! The figures of the loop. Pure: facts in, figures out.

use crate::actions::types::ActionState;
use crate::clock::Instant;
use crate::evaluations::types::Verdict;
use crate::ids::Id;
use crate::observations::types::{ObservationState, Voice};
use crate::practice::Perspective;
use crate::questions::types::Recognised;
use crate::reflections::types::LoopDepth;
use chrono::Duration;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use strum::{EnumIter, EnumString, IntoStaticStr};

/// Open items that an answer lists at most; the total is told beside them.
pub const OPEN_ITEMS: usize = 200;

/// What a cycle holds, as far as figures need it. Withdrawn records are left out, observations excepted; so are
/// reflections that only their author sees.
#[derive(Debug, Default)]
pub struct Facts {
    pub questions: Vec<Dated>,
    pub returns: Vec<ReturnFact>,
    pub observations: Vec<ObservationFact>,
    pub reflections: Vec<ReflectionFact>,
    /// (reflection, observation)
    pub reflected: Vec<(Id, Id)>,
    pub actions: Vec<ActionFact>,
    /// (action, reflection)
    pub followed: Vec<(Id, Id)>,
    /// Evaluations of the cycle's own actions.
    pub evaluations: Vec<EvaluationFact>,
    /// Actions of earlier cycles that this one took along.
    pub carried_in: Vec<Carry>,
    pub carried_actions: Vec<ActionFact>,
    /// Which of those have an evaluation.
    pub carried_evaluated: HashSet<Id>,
    pub carried_out: Vec<Carry>,
}

#[derive(Debug, Clone, Copy)]
pub struct Dated {
    pub id: Id,
    pub happened_at: Instant,
}

#[derive(Debug, Clone, Copy)]
pub struct ReturnFact {
    pub question_id: Id,
    pub happened_at: Instant,
    pub recognised: Option<Recognised>,
}

#[derive(Debug, Clone, Copy)]
pub struct ObservationFact {
    pub id: Id,
    /// False for one that lies in its network's inbox.
    pub in_cycle: bool,
    pub happened_at: Instant,
    pub state: ObservationState,
    pub perspective: Perspective,
    pub voice: Option<Voice>,
    pub question_id: Option<Id>,
}

#[derive(Debug, Clone, Copy)]
pub struct ReflectionFact {
    pub id: Id,
    pub happened_at: Instant,
    pub loop_depth: LoopDepth,
}

#[derive(Debug, Clone, Copy)]
pub struct ActionFact {
    pub id: Id,
    pub happened_at: Instant,
    pub state: ActionState,
}

#[derive(Debug, Clone, Copy)]
pub struct EvaluationFact {
    pub action_id: Id,
    pub happened_at: Instant,
    pub verdict: Verdict,
}

/// An open action that went from one cycle to the next.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Carry {
    pub action_id: Id,
    pub from_cycle_id: Id,
    pub to_cycle_id: Id,
    pub carried_at: Instant,
}

/// How far an observation got, through any reflection, action and evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Observed,
    Discussed,
    ActedOn,
    Evaluated,
}

impl Facts {
    pub fn current_observations(&self) -> impl Iterator<Item = &ObservationFact> {
        self.observations.iter().filter(|observation| observation.state != ObservationState::Withdrawn)
    }

    /// The cycle's own actions that count: a dropped one without an evaluation counts in no stage.
    pub fn counting_actions(&self) -> impl Iterator<Item = &ActionFact> {
        let evaluated = self.evaluated_actions();
        self.actions
            .iter()
            .filter(move |action| action.state != ActionState::Dropped || evaluated.contains(&action.id))
    }

    fn evaluated_actions(&self) -> HashSet<Id> {
        self.evaluations.iter().map(|evaluation| evaluation.action_id).collect()
    }

    /// Actions that wait for an evaluation here: the cycle's own that went nowhere else, and those carried into it.
    pub fn open_actions(&self) -> impl Iterator<Item = &ActionFact> {
        let evaluated = self.evaluated_actions();
        let gone: HashSet<Id> = self.carried_out.iter().map(|carry| carry.action_id).collect();
        self.actions.iter().chain(&self.carried_actions).filter(move |action| {
            action.state != ActionState::Dropped
                && !evaluated.contains(&action.id)
                && !self.carried_evaluated.contains(&action.id)
                && !gone.contains(&action.id)
        })
    }

    /// The stage of each observation that got anywhere; the others are `Observed`.
    pub fn stages(&self) -> HashMap<Id, Stage> {
        let evaluated = self.evaluated_actions();
        let counting: HashSet<Id> = self.counting_actions().map(|action| action.id).collect();
        let mut of_reflection: HashMap<Id, Stage> =
            self.reflections.iter().map(|reflection| (reflection.id, Stage::Discussed)).collect();
        for (action, reflection) in self.followed.iter().filter(|(action, _)| counting.contains(action)) {
            let reached = if evaluated.contains(action) { Stage::Evaluated } else { Stage::ActedOn };
            if let Some(stage) = of_reflection.get_mut(reflection) {
                *stage = (*stage).max(reached);
            }
        }
        let mut of_observation: HashMap<Id, Stage> = HashMap::new();
        for (reflection, observation) in &self.reflected {
            if let Some(reached) = of_reflection.get(reflection) {
                let stage = of_observation.entry(*observation).or_insert(Stage::Observed);
                *stage = (*stage).max(*reached);
            }
        }
        of_observation
    }
}

/// What kind of record is open.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum OpenType {
    Observation,
    Action,
    Question,
}

/// What would take an open record further. Only an observation in a network's inbox waits for a `cycle`: no cycle's own
/// report has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, EnumIter, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum WaitingFor {
    Cycle,
    Reflection,
    Action,
    Evaluation,
    Return,
}

/// One open end of the loop.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenItem {
    #[serde(rename = "type")]
    pub kind: OpenType,
    pub id: Id,
    /// When it happened.
    pub since: Instant,
    pub age_seconds: i64,
    pub waiting_for: WaitingFor,
}

/// What is open, oldest first, [`OPEN_ITEMS`] at most, and how much there is in all.
#[derive(Debug, Clone)]
pub struct OpenItems {
    pub items: Vec<OpenItem>,
    pub total: usize,
}

/// The loose ends of a cycle: one function for its closing and its report.
pub fn open_items(facts: &Facts, now: Instant) -> OpenItems {
    let mut items = open_ends(facts, now);
    items.sort_by_key(|item| (item.since, item.id));
    let total = items.len();
    items.truncate(OPEN_ITEMS);
    OpenItems { items, total }
}

/// All that is open among the facts, in no order.
pub fn open_ends(facts: &Facts, now: Instant) -> Vec<OpenItem> {
    let stages = facts.stages();
    let mut items = Vec::new();
    let mut open = |kind, id, since: Instant, waiting_for| {
        let age_seconds = now.seconds_since(since).max(0.0) as i64;
        items.push(OpenItem { kind, id, since, age_seconds, waiting_for });
    };
    for observation in
        facts.observations.iter().filter(|observation| observation.state == ObservationState::Logged)
    {
        let waiting_for = match stages.get(&observation.id).copied().unwrap_or(Stage::Observed) {
            Stage::Observed if observation.in_cycle => WaitingFor::Reflection,
            Stage::Observed => WaitingFor::Cycle,
            Stage::Discussed => WaitingFor::Action,
            Stage::ActedOn => WaitingFor::Evaluation,
            Stage::Evaluated => continue,
        };
        open(OpenType::Observation, observation.id, observation.happened_at, waiting_for);
    }
    for action in facts.open_actions() {
        open(OpenType::Action, action.id, action.happened_at, WaitingFor::Evaluation);
    }
    let returned: HashSet<Id> = facts.returns.iter().map(|told| told.question_id).collect();
    for question in facts.questions.iter().filter(|question| !returned.contains(&question.id)) {
        open(OpenType::Question, question.id, question.happened_at, WaitingFor::Return);
    }
    items
}

/// Observations as parts of the whole: what people see first, since the rate alone punishes logging and young cycles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Parts {
    pub evaluated: usize,
    pub closed_without_action: usize,
    /// In calendar days, so that the figure stands for a day.
    pub open_under30_days: usize,
    pub open_longer: usize,
}

/// How many observations got at least so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Stages {
    pub observed: usize,
    pub discussed: usize,
    pub acted_on: usize,
    pub evaluated: usize,
    pub closed_without_action: usize,
    /// Neither evaluated nor closed without action.
    pub open: usize,
}

/// The stages and the parts of a cycle's observations.
pub fn stages_and_parts(facts: &Facts, now: Instant) -> (Stages, Parts) {
    let reached = facts.stages();
    let mut stages =
        Stages { observed: 0, discussed: 0, acted_on: 0, evaluated: 0, closed_without_action: 0, open: 0 };
    let mut parts = Parts { evaluated: 0, closed_without_action: 0, open_under30_days: 0, open_longer: 0 };
    for observation in facts.current_observations() {
        let stage = reached.get(&observation.id).copied().unwrap_or(Stage::Observed);
        stages.observed += 1;
        stages.discussed += usize::from(stage >= Stage::Discussed);
        stages.acted_on += usize::from(stage >= Stage::ActedOn);
        if stage == Stage::Evaluated {
            stages.evaluated += 1;
            parts.evaluated += 1;
        } else if observation.state == ObservationState::Closed {
            stages.closed_without_action += 1;
            parts.closed_without_action += 1;
        } else {
            stages.open += 1;
            if now.day() - observation.happened_at.day() < Duration::days(30) {
                parts.open_under30_days += 1;
            } else {
                parts.open_longer += 1;
            }
        }
    }
    (stages, parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_action_without_evaluation_counts_in_no_stage() {
        let at = crate::clock::now();
        let (observation, reflection, action) = (Id::new(), Id::new(), Id::new());
        let mut facts = Facts {
            observations: vec![ObservationFact {
                id: observation,
                in_cycle: true,
                happened_at: at,
                state: ObservationState::Logged,
                perspective: Perspective::Citizen,
                voice: None,
                question_id: None,
            }],
            reflections: vec![ReflectionFact {
                id: reflection,
                happened_at: at,
                loop_depth: LoopDepth::Single,
            }],
            reflected: vec![(reflection, observation)],
            actions: vec![ActionFact { id: action, happened_at: at, state: ActionState::Dropped }],
            followed: vec![(action, reflection)],
            ..Facts::default()
        };
        let (stages, _) = stages_and_parts(&facts, at);
        assert_eq!((stages.discussed, stages.acted_on, stages.open), (1, 0, 1));
        assert_eq!(open_items(&facts, at).total, 1);
        facts.evaluations.push(EvaluationFact {
            action_id: action,
            happened_at: at,
            verdict: Verdict::Worked,
        });
        let (stages, _) = stages_and_parts(&facts, at);
        assert_eq!((stages.acted_on, stages.evaluated, stages.open), (1, 1, 0));
        assert_eq!(open_items(&facts, at).total, 0);
    }
}
