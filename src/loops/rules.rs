//! The figures of the loop. Pure: facts in, figures out.

use crate::actions::types::ActionState;
use crate::clock::Instant;
use crate::evaluations::types::Verdict;
use crate::ids::Id;
use crate::observations::types::{ObservationState, Voice};
use crate::practice::Perspective;
use crate::questions::types::Recognised;
use crate::reflections::types::LoopDepth;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use strum::{EnumIter, EnumString, IntoStaticStr};

/// Open items that an answer lists at most; the total is told beside them.
pub const OPEN_ITEMS: usize = 200;

/// What a cycle holds, as far as figures need it. Withdrawn records are left out, observations excepted; so are
/// reflections that only their author sees.
#[derive(Debug, Default, Serialize, Deserialize)]
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
    /// Observations that nobody has taken into a cycle: of a network, and of no cycle.
    #[serde(default)]
    pub inbox: Vec<Dated>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Dated {
    pub id: Id,
    pub happened_at: Instant,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ReturnFact {
    pub question_id: Id,
    pub happened_at: Instant,
    pub recognised: Option<Recognised>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
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

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ReflectionFact {
    pub id: Id,
    pub happened_at: Instant,
    pub loop_depth: LoopDepth,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ActionFact {
    pub id: Id,
    pub happened_at: Instant,
    pub state: ActionState,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct EvaluationFact {
    pub id: Id,
    pub action_id: Id,
    pub happened_at: Instant,
    pub verdict: Verdict,
}

impl ObservationFact {
    pub fn dated(&self) -> Dated {
        Dated { id: self.id, happened_at: self.happened_at }
    }
}

impl ReflectionFact {
    pub fn dated(&self) -> Dated {
        Dated { id: self.id, happened_at: self.happened_at }
    }
}

impl ActionFact {
    pub fn dated(&self) -> Dated {
        Dated { id: self.id, happened_at: self.happened_at }
    }
}

impl EvaluationFact {
    pub fn dated(&self) -> Dated {
        Dated { id: self.id, happened_at: self.happened_at }
    }
}

/// An open action that went from one cycle to the next.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
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
    /// Adds what another cycle of the network holds, without its carries.
    pub fn take_in(&mut self, other: Facts) {
        self.questions.extend(other.questions);
        self.returns.extend(other.returns);
        self.observations.extend(other.observations);
        self.reflections.extend(other.reflections);
        self.reflected.extend(other.reflected);
        self.actions.extend(other.actions);
        self.followed.extend(other.followed);
        self.evaluations.extend(other.evaluations);
    }

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
        let stage = |facts: &Facts| facts.stages().get(&observation).copied();
        assert_eq!(stage(&facts), Some(Stage::Discussed));
        assert_eq!(open_items(&facts, at).total, 1);
        facts.evaluations.push(EvaluationFact {
            id: Id::new(),
            action_id: action,
            happened_at: at,
            verdict: Verdict::Worked,
        });
        assert_eq!(stage(&facts), Some(Stage::Evaluated));
        assert_eq!(open_items(&facts, at).total, 0);
    }
}
