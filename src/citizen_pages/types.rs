//! The page for a citizen, as programs read it. It is made of records and is none itself: it has no version.

use crate::actions::types::ActionState;
use crate::clock::Instant;
use crate::controllership::types::Contact;
use crate::evaluations::types::Verdict;
use crate::ids::Id;
use crate::observations::types::Voice;
use crate::questions::types::Recognised;
use crate::research_consents::types::ConsentState;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

/// What a network holds about one pseudonym and shares inside, for the citizen whom it stands for: what they asked, what was done
/// with it and what came of it. Nobody of the network is named in it, and nobody else.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitizenPage {
    pub pseudonym_id: Id,
    pub network_id: Id,
    /// The pseudonym's label.
    pub label: String,
    /// The name of the network.
    pub network: String,
    pub made_at: Instant,
    /// A chapter for each question, the oldest first, and at the end one for what bears on none of them.
    pub chapters: Vec<CitizenChapter>,
    pub perceptions: Vec<CitizenPerception>,
    pub effect_calculations: Vec<CitizenCalculation>,
    pub research_consents: Vec<CitizenConsent>,
    pub left_out: CitizenLeftOut,
    /// The names of the organisations that answer for the data.
    pub controllers: Vec<String>,
    /// Where to turn to with a question or a request; null where the network has named nobody.
    pub contact_point: Option<Contact>,
}

impl CitizenPage {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.chapters.is_empty()
            && self.perceptions.is_empty()
            && self.effect_calculations.is_empty()
            && self.research_consents.is_empty()
    }
}

/// A question, and what it led to. Each record is told once, with the first question that it bears on.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitizenChapter {
    /// Null in the chapter of what bears on no question.
    pub question: Option<CitizenQuestion>,
    pub observations: Vec<CitizenObservation>,
    pub reflections: Vec<CitizenReflection>,
    pub actions: Vec<CitizenAction>,
    /// What was told back.
    pub returns: Vec<CitizenReturn>,
}

impl CitizenChapter {
    /// Whether it has nothing but perhaps its question.
    pub fn is_bare(&self) -> bool {
        self.observations.is_empty()
            && self.reflections.is_empty()
            && self.actions.is_empty()
            && self.returns.is_empty()
    }
}

/// In the citizen's words.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitizenQuestion {
    pub id: Id,
    pub text: String,
    pub happened_at: Instant,
}

/// What somebody saw or heard.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitizenObservation {
    pub id: Id,
    pub body: String,
    pub voice: Option<Voice>,
    pub happened_at: Instant,
}

/// What was thought about it, without who thought it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitizenReflection {
    pub id: Id,
    pub texts: Vec<String>,
    pub happened_at: Instant,
}

/// What was or will be tried, and what came of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitizenAction {
    pub id: Id,
    pub description: String,
    pub state: ActionState,
    /// Why it is in this state, such as why it was dropped.
    pub state_reason: Option<String>,
    pub due_on: Option<NaiveDate>,
    pub happened_at: Instant,
    /// What was said of it in a meeting.
    pub reviews: Vec<CitizenReview>,
    pub evaluations: Vec<CitizenEvaluation>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitizenReview {
    pub id: Id,
    pub note: String,
    pub created_at: Instant,
}

/// Whether an action did what was hoped for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitizenEvaluation {
    pub id: Id,
    pub verdict: Verdict,
    pub expected_effect: String,
    pub seen_effect: String,
    pub happened_at: Instant,
}

/// What was told back, and what the citizen said to it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitizenReturn {
    pub id: Id,
    pub text: String,
    pub recognised: Option<Recognised>,
    pub response: Option<String>,
    pub happened_at: Instant,
}

/// What the citizen perceives of what goes on in the neighbourhood.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitizenPerception {
    pub id: Id,
    pub text: String,
    pub happened_at: Instant,
}

/// That it was calculated what support costs and yields, for the case of this citizen.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitizenCalculation {
    pub id: Id,
    pub title: String,
    pub description: Option<String>,
    pub created_at: Instant,
}

/// That records may be used for research, or no longer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitizenConsent {
    pub id: Id,
    pub protocol: String,
    pub given_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub state: ConsentState,
}

/// How many records are not on the page, and why. What was withdrawn, and what somebody keeps to themselves, is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitizenLeftOut {
    /// They are about somebody else as well, or follow from what is.
    pub about_others: u32,
    /// Something in their texts may tell who somebody is.
    pub naming_somebody: u32,
}

impl CitizenLeftOut {
    pub fn total(&self) -> u32 {
        self.about_others + self.naming_somebody
    }
}
