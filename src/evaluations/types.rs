//! An evaluation as it is stored and sent, and the body that makes it.

use crate::clock::{Day, Instant};
use crate::db::schema::evaluations;
use crate::error::FieldError;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Prose, Reason};
use crate::ids::Id;
use crate::loops::counted::EvaluationFigure;
use crate::loops::days::Days;
use crate::loops::following::{self, FigureMoment, Followed};
use crate::practice::{Perspective, RecordState, Withdrawable};
use crate::record::Record;
use crate::run::Create;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// Whether an action did what was hoped for.
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
pub enum Verdict {
    Worked,
    Partly,
    DidNotWork,
}
crate::text_enum!(Verdict);

/// What came of an action; it closes the loop of the observations the action came from.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = evaluations, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Evaluation {
    pub id: Id,
    pub network_id: Id,
    /// The action's own cycle, whichever carried it along since.
    pub cycle_id: Id,
    pub action_id: Id,
    pub expected_effect: String,
    pub seen_effect: String,
    pub verdict: Verdict,
    pub judged_by: Perspective,
    /// Who benefits.
    pub beneficiaries: Option<String>,
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

impl Record for Evaluation {
    const KIND: &'static str = "evaluation";
    const PATH: &'static str = "evaluations";

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

impl Withdrawable for Evaluation {
    fn state_mut(&mut self) -> (&mut RecordState, &mut Option<String>) {
        (&mut self.state, &mut self.state_reason)
    }
}

/// The body that evaluates an action.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EvaluationCreate {
    pub id: Option<Id>,
    pub expected_effect: Prose,
    pub seen_effect: Prose,
    pub verdict: Verdict,
    pub judged_by: Perspective,
    pub beneficiaries: Option<Reason>,
    pub happened_at: Option<HappenedAt>,
}

impl Create for EvaluationCreate {
    fn id(&self) -> Option<Id> {
        self.id
    }
}

impl Input for EvaluationCreate {
    fn example() -> Value {
        json!({
            "expectedEffect": "Meer bewoners blijven hangen.",
            "seenEffect": "Twaalf bewoners bleven, vijf kwamen terug.",
            "verdict": "worked",
            "judgedBy": "citizen",
            "beneficiaries": "Bewoners rond het plein"
        })
    }
}

/// What a list of evaluations of a cycle or a network can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EvaluationFilter {
    /// By default `current`.
    pub state: Option<RecordState>,
    /// Those that a figure of the report counts; goes with moments and days alone.
    pub figure: Option<EvaluationFigure>,
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

impl EvaluationFilter {
    pub fn days(&self) -> Days {
        Days::between(self.from, self.to)
    }

    pub fn followed(&self) -> Option<Followed> {
        let cycles = Days::between(self.cycles_from, self.cycles_to);
        Some(Followed { figure: self.figure?.into(), at: self.at, days: self.days(), cycles })
    }
}

impl Input for EvaluationFilter {
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
