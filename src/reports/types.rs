//! Reports as they are told in JSON.

use super::ages::AgesOfOpen;
use super::over_time::ObservationsOverTime;
use super::responsible::Responsible;
pub use super::travel::{ByDecision, Travel, TravelledInsight};
use crate::clock::{Day, Instant};
use crate::cycles::types::Phase;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::truth::Truth;
use crate::ids::Id;
use crate::loops::days::Days;
use crate::loops::figures::CyclesByPhase;
use crate::loops::legs::Leg;
use crate::loops::rules::{Carry, OpenItem};
use crate::networks::types::NetworkKind;
use crate::overviews::types::NetworkFigures;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Where the records of each figure are listed: by the figure's place in the report (a JSON Pointer, RFC 6901) the query
/// that answers with exactly the records that it counts, to those who may see them. Of a share and of a time it lists
/// the records that it is made of.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct FigureLinks(pub BTreeMap<String, String>);

/// A cycle's figures at one moment. Withdrawn observations count in `counts.withdrawn` alone; what is visible to its
/// author alone counts nowhere.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CycleReport {
    pub cycle: ReportedCycle,
    pub generated_at: Instant,
    /// As they are now, of a closed cycle with what came since.
    #[serde(flatten)]
    pub figures: ReportFigures,
    /// As they were at the closing, whatever came since. Null while the cycle goes on.
    pub at_closing: Option<ReportFigures>,
    /// What came since the closing. Null while the cycle goes on.
    pub since_closing: Option<SinceClosing>,
    /// What is open now, oldest first, 200 at most.
    pub open_items: Vec<OpenItem>,
    pub open_items_total: usize,
    /// Open actions that came along from the cycle before.
    pub carried_in: Vec<Carry>,
    /// Open actions that the next cycle took along.
    pub carried_out: Vec<Carry>,
    /// What others learned from it. Null for those who see the cycle and not its network.
    pub insights: Option<Travel>,
    /// The cycles that it goes on from, the latest first, 3 at most; of closed ones the figures at their closing. Null for
    /// those who see the cycle and not its network.
    pub predecessors: Option<Vec<PastCycle>>,
    /// Who answers for the personal data. Null where the network named nobody.
    pub responsible: Option<Responsible>,
    pub from: FigureLinks,
}

/// A network's figures over a period. Each record counts by the day on which it happened; what became of it counts
/// until now.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NetworkReport {
    pub network: ReportedNetwork,
    /// The first day; null from the beginning.
    pub from_on: Option<NaiveDate>,
    /// The last day; null until now.
    pub to_on: Option<NaiveDate>,
    pub generated_at: Instant,
    /// All cycles of the network, by the phase they are in now.
    pub cycles_by_phase: CyclesByPhase,
    /// Observations that nobody has taken into a cycle; among no other figure.
    pub inbox: usize,
    #[serde(flatten)]
    pub figures: ReportFigures,
    pub insights: Travel,
    /// The periods of the same length before this one, the latest first, 3 at most; none without a first and a last day.
    pub earlier: Vec<PastPeriod>,
    /// Who answers for the personal data. Null where the network named nobody.
    pub responsible: Option<Responsible>,
    /// The network and those below it, where the lineage was asked for: each cycle whole, in the period in which it began. In
    /// `from` the figures of networks that the caller is a member of lead to their records; those of the others may be seen in
    /// their networks alone, and sums lead to nothing but the networks beside them. No report that is kept has a lineage.
    #[serde(skip_deserializing)]
    pub lineage: Option<NetworkFigures>,
    pub from: FigureLinks,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReportedNetwork {
    pub id: Id,
    pub name: String,
    pub kind: NetworkKind,
    pub locality: Option<String>,
}

/// What every report tells.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportFigures {
    pub counts: Counts,
    pub by_perspective: ByPerspective,
    pub by_voice: ByVoice,
    pub by_loop_depth: ByLoopDepth,
    /// Reflections in which an assumption gave way, of double or triple loop depth: a signal, never a target.
    pub frame_shifts: usize,
    pub actions_by_state: ActionsByState,
    pub evaluations_by_verdict: EvaluationsByVerdict,
    #[serde(rename = "loop")]
    pub looped: LoopFigures,
    pub observations_over_time: ObservationsOverTime,
    pub ages_of_open: AgesOfOpen,
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

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    pub questions: usize,
    pub observations: usize,
    pub withdrawn: usize,
    pub reflections: usize,
    pub actions: usize,
    pub evaluations: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ByPerspective {
    pub citizen: usize,
    pub practitioner: usize,
    pub informal_carer: usize,
    pub organisation: usize,
    pub system: usize,
}

/// Only `own_words` and `quoted` are the citizen's own voice.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ByVoice {
    pub own_words: usize,
    pub quoted: usize,
    pub retold: usize,
    pub interpreted: usize,
    pub unstated: usize,
}

/// Frame shifts are a signal, never a target.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ByLoopDepth {
    pub single: usize,
    pub double: usize,
    pub triple: usize,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ActionsByState {
    pub planned: usize,
    pub doing: usize,
    pub done: usize,
    pub dropped: usize,
}

/// Evaluations by what they found.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EvaluationsByVerdict {
    pub worked: usize,
    pub partly: usize,
    pub did_not_work: usize,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoopFigures {
    pub parts: Parts,
    pub stages: Stages,
    /// Evaluated of observed, from 0 to 1; null when nothing was observed.
    pub closure_rate: Option<f64>,
    pub legs: Vec<Leg>,
    pub returned_to_citizen: ReturnedToCitizen,
}

/// Observations as parts of the whole: what people see first, since the rate alone punishes logging and young cycles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Parts {
    pub evaluated: usize,
    pub closed_without_action: usize,
    /// In calendar days, so that the figure stands for a day.
    pub open_under30_days: usize,
    pub open_longer: usize,
}

/// How many observations got at least so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// Told and heard back are separate figures.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
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

/// What came since a cycle was closed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SinceClosing {
    /// Observations that arrived late.
    pub observations: usize,
    /// Evaluations that were given.
    pub evaluations: usize,
    /// Observations that went all the way round.
    pub evaluated: usize,
    pub withdrawn: usize,
    /// Questions that were told back for the first time.
    pub returned: usize,
}

/// An earlier turn of the spiral.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PastCycle {
    pub id: Id,
    pub learning_question: String,
    pub phase: Phase,
    pub created_at: Instant,
    pub closed_at: Option<Instant>,
    /// Whether the figures are those at its closing, and not those of now.
    pub at_closing: bool,
    pub figures: ComparedFigures,
}

/// A period of the network's own past.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PastPeriod {
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    pub figures: ComparedFigures,
}

/// Figures that are set beside those of a report. They compare a cycle or a network with its own past, and nobody with
/// anybody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ComparedFigures {
    pub questions: usize,
    pub observations: usize,
    pub reflections: usize,
    pub actions: usize,
    pub evaluations: usize,
    pub evaluated: usize,
    pub closed_without_action: usize,
    pub open: usize,
    /// Evaluated of observed, from 0 to 1; null when nothing was observed.
    pub closure_rate: Option<f64>,
    pub frame_shifts: usize,
    /// Questions that were told back.
    pub returned: usize,
}

/// What a network's report is of.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NetworkReportFilter {
    /// The first day (Europe/Amsterdam); without it, from the beginning.
    pub from: Option<Day>,
    /// The last day; without it, until now.
    pub to: Option<Day>,
    /// Tells of the networks below as well: to coordinators.
    pub lineage: Option<Truth>,
}

impl NetworkReportFilter {
    pub fn days(&self) -> Days {
        Days::between(self.from, self.to)
    }

    pub fn with_lineage(&self) -> bool {
        self.lineage == Some(Truth(true))
    }
}

impl Input for NetworkReportFilter {
    fn example() -> Value {
        json!({"from": "2026-01-01", "to": "2026-03-31"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        self.days().check(faults);
    }
}
