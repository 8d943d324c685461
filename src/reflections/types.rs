//! A reflection as it is stored and sent, and the bodies that make and change it.

use crate::clock::{Day, Instant};
use crate::db::schema::reflections;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Few, Nullable, Prose, Set, Token};
use crate::ids::Id;
use crate::loops::counted::ReflectionFigure;
use crate::loops::days::Days;
use crate::loops::following::{self, FigureMoment, Followed};
use crate::practice::{RecordState, Withdrawable};
use crate::record::Record;
use crate::run::Create;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// The model that a reflection follows.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Model {
    Alact,
    Gibbs,
    Free,
}

/// How deep the learning goes: within the rules, to the rules, or to how rules come about (Argyris and Schön; the third
/// loop after Swieringa and Wierdsma).
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Debug,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum LoopDepth {
    Single,
    Double,
    Triple,
}

/// Who sees a reflection: its author alone, coordinators included in the exclusion, or everyone in the network.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Visibility {
    Author,
    Network,
}
crate::text_enum!(Model, LoopDepth, Visibility);

/// An answer to one of the model's prompts. Those who thought along may each give one beside the shared one.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Answer {
    /// A prompt of the model, as `/v1/reflection-models` lists them.
    pub prompt_id: Token<50>,
    pub text: Prose,
    /// Who gave it, where it is named: its author or one of those who thought along.
    pub person_id: Option<Id>,
    /// That it goes against what the others hold. It stays, in its words, when the reflection is changed.
    pub dissent: Option<bool>,
}

/// Letting go of a frame of reference: what was taken for granted, what upset it, what came in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FrameShift {
    pub assumption_before: Prose,
    pub disruption: Prose,
    pub assumption_after: Prose,
}

/// Thinking about one or more observations.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = reflections, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Reflection {
    pub id: Id,
    pub network_id: Id,
    pub cycle_id: Id,
    pub observation_ids: Json<Vec<Id>>,
    pub model: Model,
    /// The version of the model's prompts that was answered.
    pub model_version: i32,
    pub answers: Json<Vec<Answer>>,
    pub loop_depth: LoopDepth,
    pub frame_shift: Option<Json<FrameShift>>,
    /// Who thought along.
    pub participant_ids: Json<Vec<Id>>,
    /// The session that it was made together in.
    pub session_id: Option<Id>,
    pub visibility: Visibility,
    pub state: RecordState,
    pub state_reason: Option<String>,
    pub author_id: Id,
    pub happened_at: Instant,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Reflection {
    const KIND: &'static str = "reflection";
    const PATH: &'static str = "reflections";

    fn id(&self) -> Id {
        self.id
    }
    fn version(&self) -> i32 {
        self.version
    }
    fn digest(&self) -> &[u8] {
        &self.digest
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
    fn cycle_id(&self) -> Option<Id> {
        Some(self.cycle_id)
    }
    fn is_private(&self) -> bool {
        self.visibility == Visibility::Author
    }
}

impl Withdrawable for Reflection {
    fn state_mut(&mut self) -> (&mut RecordState, &mut Option<String>) {
        (&mut self.state, &mut self.state_reason)
    }
}

pub type Observations = Few<Id, 1, 100>;
pub type Answers = Few<Answer, 1, 100>;
pub type People = Few<Id, 0, 50>;

/// The body that reflects.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReflectionCreate {
    pub id: Option<Id>,
    pub observation_ids: Observations,
    pub model: Model,
    pub answers: Answers,
    pub loop_depth: LoopDepth,
    /// Needed for `double` and `triple`.
    pub frame_shift: Option<FrameShift>,
    /// In a session's reflection they are of those present.
    pub participant_ids: Option<People>,
    /// A session that was held, of this cycle or of the network as a whole, which has no reflection yet. What is made
    /// together is not its author's alone: its visibility is `network`.
    pub session_id: Option<Id>,
    /// `network` by default.
    pub visibility: Option<Visibility>,
    pub happened_at: Option<HappenedAt>,
}

impl Create for ReflectionCreate {
    fn id(&self) -> Option<Id> {
        self.id
    }
}

impl Input for ReflectionCreate {
    fn example() -> Value {
        json!({
            "observationIds": ["01890a5d-ac96-774b-bcce-b302099a8057"],
            "model": "free",
            "answers": [{"promptId": "free", "text": "We nodigen steeds uit naar binnen; de drempel ligt bij de deur."}],
            "loopDepth": "single"
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        super::rules::answers_fit(self.model, &self.answers, faults);
        if self.loop_depth != LoopDepth::Single && self.frame_shift.is_none() {
            let detail = "double and triple need a frame shift: what was assumed before, what upset it, what is assumed after.";
            faults.push(FieldError::new("/frameShift", "required", detail));
        }
        if self.session_id.is_some() && self.visibility == Some(Visibility::Author) {
            faults.push(super::rules::made_together());
        }
    }
}

/// A merge patch of a reflection.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ReflectionPatch {
    pub observation_ids: Set<Observations>,
    pub answers: Set<Answers>,
    pub loop_depth: Set<LoopDepth>,
    pub frame_shift: Nullable<FrameShift>,
    pub participant_ids: Set<People>,
    pub visibility: Set<Visibility>,
}

impl Input for ReflectionPatch {
    fn example() -> Value {
        json!({"visibility": "network"})
    }
}

/// What a list of reflections can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReflectionFilter {
    pub author_id: Option<Id>,
    pub loop_depth: Option<LoopDepth>,
    /// Reflections that refer to this observation.
    pub observation_id: Option<Id>,
    /// By default `current`.
    pub state: Option<RecordState>,
    /// Those that a figure of the report counts; goes with moments and days alone.
    pub figure: Option<ReflectionFigure>,
    /// When the figure counted them, if not now; of a cycle.
    pub at: Option<FigureMoment>,
    /// Those that happened on this day (Europe/Amsterdam) or later.
    pub from: Option<Day>,
    /// Those that happened on this day or earlier.
    pub to: Option<Day>,
    /// Those that the figure counted in cycles that began on this day (Europe/Amsterdam) or later.
    pub cycles_from: Option<Day>,
    /// Those that it counted in cycles that began on this day or earlier.
    pub cycles_to: Option<Day>,
}

impl ReflectionFilter {
    pub fn days(&self) -> Days {
        Days::between(self.from, self.to)
    }

    pub fn followed(&self) -> Option<Followed> {
        let cycles = Days::between(self.cycles_from, self.cycles_to);
        Some(Followed { figure: self.figure?.into(), at: self.at, days: self.days(), cycles })
    }
}

impl Input for ReflectionFilter {
    fn example() -> Value {
        json!({})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        let narrowed = self.author_id.is_some()
            || self.loop_depth.is_some()
            || self.observation_id.is_some()
            || self.state.is_some();
        let of_figures = [
            ("/at", self.at.is_some()),
            ("/cyclesFrom", self.cycles_from.is_some()),
            ("/cyclesTo", self.cycles_to.is_some()),
        ];
        following::figure_goes_alone(self.figure.is_some(), narrowed, of_figures, faults);
    }
}
