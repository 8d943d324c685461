//! An action as it is stored and sent, and the bodies that make and change it.

use crate::clock::{Day, Instant};
use crate::db::schema::actions;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Few, Nullable, Prose, Reason, Set};
use crate::ids::Id;
use crate::loops::counted::ActionFigure;
use crate::loops::days::Days;
use crate::loops::following::{self, FigureMoment, Followed};
use crate::record::Record;
use crate::run::Create;
use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// What an action is after; a disruption (constructief ontregelen) upsets a routine on purpose.
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
pub enum ActionKind {
    Experiment,
    Improvement,
    Disruption,
}

/// Whose support carries it out.
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
pub enum Support {
    Formal,
    Informal,
    Citizen,
    Joint,
}

/// `planned → doing → done`, or `dropped`; a withdrawn action is in no figure.
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
pub enum ActionState {
    Planned,
    Doing,
    Done,
    Dropped,
    Withdrawn,
}
crate::text_enum!(ActionKind, Support, ActionState);

/// What the organisation said to the challenge of its rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeAnswer {
    Changed,
    /// Takes a reason.
    Kept,
    #[default]
    Unanswered,
}

/// A rule of an organisation that an action challenges, and the organisation's answer.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Challenge {
    pub rule: Reason,
    pub organisation_id: Id,
    /// `unanswered` by default.
    pub answer: Option<ChallengeAnswer>,
    /// Needed for `kept`.
    pub answer_reason: Option<Reason>,
}

/// What somebody will try next.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = actions, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Action {
    pub id: Id,
    pub network_id: Id,
    /// The cycle it was taken in, which never changes: later cycles may carry it along.
    pub cycle_id: Id,
    pub reflection_ids: Json<Vec<Id>>,
    pub description: String,
    pub kind: ActionKind,
    pub owner_id: Id,
    pub carried_out_by: Option<Support>,
    #[serde(skip)]
    #[schemars(skip)]
    pub challenged_organisation_id: Option<Id>,
    pub challenges: Option<Json<Challenge>>,
    pub due_on: Option<NaiveDate>,
    pub state: ActionState,
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

impl Record for Action {
    const KIND: &'static str = "action";
    const PATH: &'static str = "actions";

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

pub type Reflections = Few<Id, 1, 50>;

/// The body that commits to an action.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ActionCreate {
    pub id: Option<Id>,
    pub reflection_ids: Reflections,
    pub description: Prose,
    pub kind: ActionKind,
    /// A member of the network or a participant of the cycle.
    pub owner_id: Id,
    pub carried_out_by: Option<Support>,
    pub challenges: Option<Challenge>,
    pub due_on: Option<Day>,
    pub happened_at: Option<HappenedAt>,
}

impl Create for ActionCreate {
    fn id(&self) -> Option<Id> {
        self.id
    }
}

impl Input for ActionCreate {
    fn example() -> Value {
        json!({
            "reflectionIds": ["01890a5d-ac96-774b-bcce-b302099a8057"],
            "description": "Vier dinsdagen de koffie buiten zetten, zonder folder.",
            "kind": "experiment",
            "ownerId": "01890a5d-ac96-774b-bcce-b302099a8058",
            "carriedOutBy": "joint",
            "dueOn": "2026-04-01"
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        super::rules::challenge_is_whole(self.challenges.as_ref(), faults);
    }
}

/// A merge patch of an action.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ActionPatch {
    pub description: Set<Prose>,
    pub kind: Set<ActionKind>,
    pub owner_id: Set<Id>,
    pub carried_out_by: Nullable<Support>,
    pub challenges: Nullable<Challenge>,
    pub due_on: Nullable<Day>,
}

impl Input for ActionPatch {
    fn example() -> Value {
        json!({"dueOn": "2026-05-01"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        super::rules::challenge_is_whole(self.challenges.0.as_ref().and_then(Option::as_ref), faults);
    }
}

/// The body that moves an action's state.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ActionTransition {
    pub id: Option<Id>,
    pub to: ActionState,
    /// Needed for `dropped` and `withdrawn`.
    pub reason: Option<Reason>,
    pub happened_at: Option<HappenedAt>,
}

impl Input for ActionTransition {
    fn example() -> Value {
        json!({"to": "doing"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if matches!(self.to, ActionState::Dropped | ActionState::Withdrawn) && self.reason.is_none() {
            faults.push(FieldError::new(
                "/reason",
                "required",
                "A reason is needed to drop or withdraw an action.",
            ));
        }
    }
}

/// What a list of actions can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ActionFilter {
    pub owner_id: Option<Id>,
    pub kind: Option<ActionKind>,
    /// By default all but the withdrawn.
    pub state: Option<ActionState>,
    /// Those that a figure of the report counts; goes with moments and days alone.
    pub figure: Option<ActionFigure>,
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

impl ActionFilter {
    pub fn days(&self) -> Days {
        Days::between(self.from, self.to)
    }

    pub fn followed(&self) -> Option<Followed> {
        let cycles = Days::between(self.cycles_from, self.cycles_to);
        Some(Followed { figure: self.figure?.into(), at: self.at, days: self.days(), cycles })
    }
}

impl Input for ActionFilter {
    fn example() -> Value {
        json!({})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        let narrowed = self.owner_id.is_some() || self.kind.is_some() || self.state.is_some();
        let of_figures = [
            ("/at", self.at.is_some()),
            ("/cyclesFrom", self.cycles_from.is_some()),
            ("/cyclesTo", self.cycles_to.is_some()),
        ];
        following::figure_goes_alone(self.figure.is_some(), narrowed, of_figures, faults);
    }
}
