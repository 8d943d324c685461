//! The rows of a research export, a file each kind. Their columns are these members, and what the codebook says of each is
//! what is said here. All numbers are those of the protocol.

use crate::actions::types::{ActionKind, ActionState, Support};
use crate::effect_squares::perceptions::types::PerceivedDirection;
use crate::evaluations::types::Verdict;
use crate::http::body::Input;
use crate::observations::types::{ObservationState, Voice};
use crate::practice::Perspective;
use crate::questions::types::Recognised;
use crate::reflections::types::{LoopDepth, Model};
use crate::research_consents::types::Protocol;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Under which protocol records are exported.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResearchExportQuery {
    /// Records are exported whose author consented to this protocol, and all whose pseudonyms did.
    pub protocol: Protocol,
}

impl Input for ResearchExportQuery {
    fn example() -> Value {
        json!({"protocol": "METC-2026-014"})
    }
}

/// A citizen's question or wish.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct QuestionRow {
    /// Number of the question.
    pub question: String,
    /// Number of the turn of action learning that it was asked in.
    pub cycle: String,
    /// Number of whoever wrote it down.
    pub author: String,
    /// Number of whom it is about; empty where nobody was named.
    pub pseudonym: Option<String>,
    /// In the citizen's words.
    pub text: String,
    pub life_domains: Vec<String>,
    /// Day on which it was asked, in the Netherlands.
    pub happened_on: NaiveDate,
}

/// What was told back to a citizen.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReturnRow {
    /// Number of what was told back.
    pub told: String,
    /// Number of the question that it answers; empty where that is not exported.
    pub question: Option<String>,
    pub cycle: String,
    pub author: String,
    pub text: String,
    /// Whether the citizen recognised it; empty where they were not heard.
    pub recognised: Option<Recognised>,
    /// What the citizen said to it.
    pub response: Option<String>,
    pub happened_on: NaiveDate,
}

/// What somebody saw or heard in practice.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ObservationRow {
    /// Number of the observation.
    pub observation: String,
    /// Empty in the network's inbox.
    pub cycle: Option<String>,
    pub author: String,
    /// Number of the question that it bears on; empty where there is none, or it is not exported.
    pub question: Option<String>,
    /// Numbers of those whom it is about.
    pub about: Vec<String>,
    /// Number of who saw it, where somebody without an account did.
    pub on_behalf_of: Option<String>,
    pub body: String,
    /// From whose side it was seen.
    pub perspective: Perspective,
    /// How near it is to the citizen's words.
    pub voice: Option<Voice>,
    pub life_domains: Vec<String>,
    pub tags: Vec<String>,
    /// Whether it was closed without action.
    pub state: ObservationState,
    pub happened_on: NaiveDate,
}

/// An answer to a prompt of a reflection's model.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PromptAnswer {
    pub prompt: String,
    pub text: String,
}

/// Thinking about observations.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReflectionRow {
    /// Number of the reflection.
    pub reflection: String,
    pub cycle: String,
    pub author: String,
    /// Numbers of the observations that it thinks about, as far as they are exported.
    pub observations: Vec<String>,
    /// The model whose prompts were answered.
    pub model: Model,
    /// The prompts with their answers. Who gave which is left out, and what others answered who did not consent.
    pub answers: Vec<PromptAnswer>,
    /// How deep the learning goes.
    pub loop_depth: LoopDepth,
    /// What was taken for granted, where a frame of reference was let go.
    pub assumption_before: Option<String>,
    /// What upset it.
    pub disruption: Option<String>,
    /// What came in its place.
    pub assumption_after: Option<String>,
    /// How many others thought along.
    pub thought_along: usize,
    pub happened_on: NaiveDate,
}

/// What somebody tries next.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ActionRow {
    /// Number of the action.
    pub action: String,
    pub cycle: String,
    pub author: String,
    /// Number of whose it is to do; empty where they did not consent.
    pub owner: Option<String>,
    /// Numbers of the reflections that it follows from, as far as they are exported.
    pub reflections: Vec<String>,
    pub description: String,
    pub kind: ActionKind,
    /// What support does it.
    pub carried_out_by: Option<Support>,
    pub state: ActionState,
    pub due_on: Option<NaiveDate>,
    pub happened_on: NaiveDate,
}

/// What came of an action.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EvaluationRow {
    /// Number of the evaluation.
    pub evaluation: String,
    /// Number of the action; empty where that is not exported.
    pub action: Option<String>,
    pub cycle: String,
    pub author: String,
    pub expected_effect: String,
    pub seen_effect: String,
    pub verdict: Verdict,
    /// From whose side it was judged.
    pub judged_by: Perspective,
    /// Who benefits, in words.
    pub beneficiaries: Option<String>,
    pub happened_on: NaiveDate,
}

/// What somebody perceives of an initiative in a neighbourhood.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PerceptionRow {
    /// Number of the perception.
    pub perception: String,
    /// Number of the effect square that it lies in.
    pub effect_square: String,
    /// Number of the initiative that it is of.
    pub initiative: String,
    pub author: String,
    /// Number of whose perception it is, where somebody without an account was spoken for.
    pub pseudonym: Option<String>,
    pub text: String,
    pub direction: PerceivedDirection,
    /// From whose side it is perceived.
    pub perspective: Perspective,
    pub voice: Option<Voice>,
    pub happened_on: NaiveDate,
}
