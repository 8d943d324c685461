//! The cycle report's figures, from the facts of the loop.

use crate::actions::types::ActionState;
use crate::clock::Instant;
use crate::cycles::types::{Cycle, Phase};
use crate::ids::Id;
use crate::loops::legs::{self, Leg};
use crate::loops::rules::{self as loops, Carry, Facts, OpenItem, Parts, Stages};
use crate::observations::types::{ObservationState, Voice};
use crate::practice::Perspective;
use crate::questions::types::Recognised;
use crate::reflections::types::LoopDepth;
use crate::themes::rules::title_at;
use crate::themes::types::Theme;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashSet;

/// A cycle's figures at one moment. Withdrawn observations count in `counts.withdrawn` alone; what is visible to its
/// author alone counts nowhere.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CycleReport {
    pub cycle: ReportedCycle,
    pub generated_at: Instant,
    pub counts: Counts,
    pub by_perspective: ByPerspective,
    pub by_voice: ByVoice,
    pub by_loop_depth: ByLoopDepth,
    pub actions_by_state: ActionsByState,
    #[serde(rename = "loop")]
    pub looped: LoopFigures,
    /// What is open, oldest first, 200 at most.
    pub open_items: Vec<OpenItem>,
    pub open_items_total: usize,
    /// Open actions that came along from the cycle before.
    pub carried_in: Vec<Carry>,
    /// Open actions that the next cycle took along.
    pub carried_out: Vec<Carry>,
}

/// The cycle without who made it: a report names no person.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportedCycle {
    pub id: Id,
    pub network_id: Id,
    pub learning_question: String,
    pub theme_ids: Vec<Id>,
    /// The themes in the order of `themeIds`. Of a closed cycle they keep the titles that they had at its closing.
    pub themes: Vec<ReportedTheme>,
    pub phase: Phase,
    pub previous_cycle_id: Option<Id>,
    pub created_at: Instant,
    pub closed_at: Option<Instant>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReportedTheme {
    pub id: Id,
    pub title: String,
}

impl ReportedCycle {
    fn new(cycle: Cycle, themes: &[Theme]) -> ReportedCycle {
        let named = |id: &Id| {
            let theme = themes.iter().find(|theme| theme.id == *id)?;
            let title = cycle.closed_at.map_or(&*theme.title, |at| title_at(theme, at));
            Some(ReportedTheme { id: theme.id, title: title.to_owned() })
        };
        ReportedCycle {
            id: cycle.id,
            network_id: cycle.network_id,
            learning_question: cycle.learning_question,
            themes: cycle.theme_ids.iter().filter_map(named).collect(),
            theme_ids: cycle.theme_ids.0,
            phase: cycle.phase,
            previous_cycle_id: cycle.previous_cycle_id,
            created_at: cycle.created_at,
            closed_at: cycle.closed_at,
        }
    }
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Counts {
    pub questions: usize,
    pub observations: usize,
    pub withdrawn: usize,
    pub reflections: usize,
    pub actions: usize,
    pub evaluations: usize,
}

#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct ByPerspective {
    pub citizen: usize,
    pub practitioner: usize,
    pub informal_carer: usize,
    pub organisation: usize,
    pub system: usize,
}

/// Only `own_words` and `quoted` are the citizen's own voice.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct ByVoice {
    pub own_words: usize,
    pub quoted: usize,
    pub retold: usize,
    pub interpreted: usize,
    pub unstated: usize,
}

/// Frame shifts are a signal, never a target.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct ByLoopDepth {
    pub single: usize,
    pub double: usize,
    pub triple: usize,
}

#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct ActionsByState {
    pub planned: usize,
    pub doing: usize,
    pub done: usize,
    pub dropped: usize,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoopFigures {
    pub parts: Parts,
    pub stages: Stages,
    /// Evaluated of observed, from 0 to 1; null when nothing was observed.
    pub closure_rate: Option<f64>,
    pub legs: Vec<Leg>,
    pub returned_to_citizen: ReturnedToCitizen,
}

/// Told and heard back are separate figures.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReturnedToCitizen {
    pub questions: usize,
    /// Questions that were told back.
    pub returned: usize,
    /// Questions of which the citizen said whether they recognised the answer.
    pub heard_back: usize,
    /// Questions of which the citizen recognised the answer.
    pub recognised: usize,
}

/// Makes the report of a cycle from its facts and its themes.
pub fn report(cycle: Cycle, themes: &[Theme], facts: Facts, now: Instant) -> CycleReport {
    let (stages, parts) = loops::stages_and_parts(&facts, now);
    let open = loops::open_items(&facts, now);
    let closure_rate = (stages.observed > 0).then(|| stages.evaluated as f64 / stages.observed as f64);
    CycleReport {
        generated_at: now,
        counts: Counts {
            questions: facts.questions.len(),
            observations: stages.observed,
            withdrawn: facts.observations.iter().filter(|o| o.state == ObservationState::Withdrawn).count(),
            reflections: facts.reflections.len(),
            actions: facts.actions.len(),
            evaluations: facts.evaluations.len(),
        },
        by_perspective: by_perspective(&facts),
        by_voice: by_voice(&facts),
        by_loop_depth: by_loop_depth(&facts),
        actions_by_state: actions_by_state(&facts),
        looped: LoopFigures {
            parts,
            stages,
            closure_rate,
            legs: legs::legs(&facts),
            returned_to_citizen: returned(&facts),
        },
        open_items: open.items,
        open_items_total: open.total,
        carried_in: facts.carried_in,
        carried_out: facts.carried_out,
        cycle: ReportedCycle::new(cycle, themes),
    }
}

fn by_perspective(facts: &Facts) -> ByPerspective {
    let mut count = ByPerspective::default();
    for observation in facts.current_observations() {
        *match observation.perspective {
            Perspective::Citizen => &mut count.citizen,
            Perspective::Practitioner => &mut count.practitioner,
            Perspective::InformalCarer => &mut count.informal_carer,
            Perspective::Organisation => &mut count.organisation,
            Perspective::System => &mut count.system,
        } += 1;
    }
    count
}

fn by_voice(facts: &Facts) -> ByVoice {
    let mut count = ByVoice::default();
    for observation in facts.current_observations() {
        *match observation.voice {
            Some(Voice::OwnWords) => &mut count.own_words,
            Some(Voice::Quoted) => &mut count.quoted,
            Some(Voice::Retold) => &mut count.retold,
            Some(Voice::Interpreted) => &mut count.interpreted,
            None => &mut count.unstated,
        } += 1;
    }
    count
}

fn by_loop_depth(facts: &Facts) -> ByLoopDepth {
    let mut count = ByLoopDepth::default();
    for reflection in &facts.reflections {
        *match reflection.loop_depth {
            LoopDepth::Single => &mut count.single,
            LoopDepth::Double => &mut count.double,
            LoopDepth::Triple => &mut count.triple,
        } += 1;
    }
    count
}

fn actions_by_state(facts: &Facts) -> ActionsByState {
    let mut count = ActionsByState::default();
    for action in &facts.actions {
        match action.state {
            ActionState::Planned => count.planned += 1,
            ActionState::Doing => count.doing += 1,
            ActionState::Done => count.done += 1,
            ActionState::Dropped => count.dropped += 1,
            ActionState::Withdrawn => {}
        }
    }
    count
}

fn returned(facts: &Facts) -> ReturnedToCitizen {
    let asked: HashSet<_> = facts.questions.iter().map(|question| question.id).collect();
    let of = |wanted: &dyn Fn(Option<Recognised>) -> bool| {
        let told =
            facts.returns.iter().filter(|told| asked.contains(&told.question_id) && wanted(told.recognised));
        told.map(|told| told.question_id).collect::<HashSet<_>>().len()
    };
    ReturnedToCitizen {
        questions: asked.len(),
        returned: of(&|_| true),
        heard_back: of(&|recognised| recognised.is_some()),
        recognised: of(&|recognised| recognised == Some(Recognised::Yes)),
    }
}
