//! A citizen's question and what was told back, as they are stored and sent, and the bodies that make and change them.

use crate::clock::{Day, Instant};
use crate::db::schema::{questions, returns};
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Few, Nullable, Prose, Set};
use crate::ids::Id;
use crate::loops::counted::QuestionFigure;
use crate::loops::days::Days;
use crate::loops::following::{self, FigureMoment, Followed};
use crate::practice::{LifeDomain, RecordState, Withdrawable};
use crate::record::Record;
use crate::run::Create;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// Whether the citizen recognised what was told back.
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
pub enum Recognised {
    Yes,
    Partly,
    No,
}
crate::text_enum!(Recognised);

/// A citizen's own question or wish: the loop's starting point.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = questions, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Question {
    pub id: Id,
    pub network_id: Id,
    pub cycle_id: Id,
    /// In the citizen's words.
    pub text: String,
    pub pseudonym_id: Option<Id>,
    pub life_domains: Json<Vec<String>>,
    /// What it takes to answer it.
    pub competence_ids: Json<Vec<Id>>,
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

impl Record for Question {
    const KIND: &'static str = "question";
    const PATH: &'static str = "questions";

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
}

impl Withdrawable for Question {
    fn state_mut(&mut self) -> (&mut RecordState, &mut Option<String>) {
        (&mut self.state, &mut self.state_reason)
    }
}

pub type LifeDomains = Few<LifeDomain, 0, 10>;
pub type CompetenceIds = Few<Id, 0, 20>;

/// The body that asks a question.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuestionCreate {
    pub id: Option<Id>,
    /// In the citizen's words.
    pub text: Prose,
    pub pseudonym_id: Option<Id>,
    pub life_domains: Option<LifeDomains>,
    /// Competences that it asks for: the server's, or the network's own.
    pub competence_ids: Option<CompetenceIds>,
    pub happened_at: Option<HappenedAt>,
}

impl Create for QuestionCreate {
    fn id(&self) -> Option<Id> {
        self.id
    }
}

impl Input for QuestionCreate {
    fn example() -> Value {
        json!({"text": "Hoe leer ik mensen kennen nu ik alleen ben?", "lifeDomains": ["sociale contacten"]})
    }
}

/// A merge patch of a question.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct QuestionPatch {
    pub text: Set<Prose>,
    pub pseudonym_id: Nullable<Id>,
    pub life_domains: Set<LifeDomains>,
    pub competence_ids: Set<CompetenceIds>,
}

impl Input for QuestionPatch {
    fn example() -> Value {
        json!({"text": "Hoe leer ik mensen kennen in een nieuwe wijk?"})
    }
}

/// What was told back to the citizen, and what they said to it: told and heard back are separate figures.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = returns, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Return {
    pub id: Id,
    pub network_id: Id,
    pub cycle_id: Id,
    pub question_id: Id,
    pub text: String,
    /// Null until the citizen was heard.
    pub recognised: Option<Recognised>,
    pub response: Option<String>,
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

impl Record for Return {
    const KIND: &'static str = "return";
    const PATH: &'static str = "returns";

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
}

impl Withdrawable for Return {
    fn state_mut(&mut self) -> (&mut RecordState, &mut Option<String>) {
        (&mut self.state, &mut self.state_reason)
    }
}

/// The body that tells the citizen.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReturnCreate {
    pub id: Option<Id>,
    pub text: Prose,
    pub recognised: Option<Recognised>,
    /// What the citizen said to it.
    pub response: Option<Prose>,
    pub happened_at: Option<HappenedAt>,
}

impl Create for ReturnCreate {
    fn id(&self) -> Option<Id> {
        self.id
    }
}

impl Input for ReturnCreate {
    fn example() -> Value {
        json!({"text": "De inloop begint nu buiten, met koffie op het plein.", "recognised": "yes"})
    }
}

/// What a list of questions can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuestionFilter {
    /// By default `current`.
    pub state: Option<RecordState>,
    /// Those that a figure of the report counts; goes with moments and days alone.
    pub figure: Option<QuestionFigure>,
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

impl QuestionFilter {
    pub fn days(&self) -> Days {
        Days::between(self.from, self.to)
    }

    pub fn followed(&self) -> Option<Followed> {
        let cycles = Days::between(self.cycles_from, self.cycles_to);
        Some(Followed { figure: self.figure?.into(), at: self.at, days: self.days(), cycles })
    }
}

impl Input for QuestionFilter {
    fn example() -> Value {
        json!({})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        let narrowed = self.state.is_some();
        let of_figures = [
            ("/at", self.at.is_some()),
            ("/cyclesFrom", self.cycles_from.is_some()),
            ("/cyclesTo", self.cycles_to.is_some()),
        ];
        following::figure_goes_alone(self.figure.is_some(), narrowed, of_figures, faults);
    }
}
