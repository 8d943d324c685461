//! An observation as it is stored and sent, and the bodies that make and change it.

use crate::clock::{Day, Instant};
use crate::db::schema::observations;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Few, Nullable, Prose, Reason, Set, TAG, Text};
use crate::ids::Id;
use crate::loops::counted::ObservationFigure;
use crate::loops::days::Days;
use crate::loops::following::{self, FigureMoment, Followed};
use crate::practice::{LifeDomain, Perspective};
use crate::record::Record;
use crate::run::Create;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// How near an observation is to the citizen's own words: only `own_words` and `quoted` count as the citizen's own
/// voice.
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
pub enum Voice {
    OwnWords,
    Quoted,
    Retold,
    Interpreted,
}

/// Where an observation stands by itself. Whether it was discussed or acted on follows from what refers to it.
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
pub enum ObservationState {
    Logged,
    Closed,
    Withdrawn,
}
crate::text_enum!(Voice, ObservationState);

/// What somebody saw or heard in practice.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = observations, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Observation {
    pub id: Id,
    pub network_id: Id,
    /// Null in the network's inbox.
    pub cycle_id: Option<Id>,
    pub body: String,
    pub perspective: Perspective,
    pub voice: Option<Voice>,
    /// The citizen's question that it bears on.
    pub question_id: Option<Id>,
    pub about_pseudonym_ids: Json<Vec<Id>>,
    /// Who saw it, where somebody without an account did.
    pub on_behalf_of_pseudonym_id: Option<Id>,
    pub theme_ids: Json<Vec<Id>>,
    pub life_domains: Json<Vec<String>>,
    pub tags: Json<Vec<String>>,
    /// Happened before its cycle was closed, and arrived after.
    pub late: bool,
    pub state: ObservationState,
    /// Why it was closed without action or withdrawn.
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

impl Record for Observation {
    const KIND: &'static str = "observation";
    const PATH: &'static str = "observations";

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
        self.cycle_id
    }
}

pub type Tags = Few<Text<TAG>, 0, 20>;
pub type LifeDomains = Few<LifeDomain, 0, 10>;
pub type Pseudonyms = Few<Id, 0, 20>;
pub type Themes = Few<Id, 0, 20>;

/// The body that logs an observation.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ObservationCreate {
    pub id: Option<Id>,
    pub body: Prose,
    pub perspective: Perspective,
    pub voice: Option<Voice>,
    pub question_id: Option<Id>,
    pub about_pseudonym_ids: Option<Pseudonyms>,
    pub on_behalf_of_pseudonym_id: Option<Id>,
    pub theme_ids: Option<Themes>,
    pub life_domains: Option<LifeDomains>,
    pub tags: Option<Tags>,
    pub happened_at: Option<HappenedAt>,
}

impl Create for ObservationCreate {
    fn id(&self) -> Option<Id> {
        self.id
    }
}

impl Input for ObservationCreate {
    fn example() -> Value {
        json!({
            "body": "Mevrouw zegt dat ze pas durfde te komen toen de koffie buiten stond.",
            "perspective": "citizen",
            "voice": "quoted",
            "tags": ["drempel", "koffie"],
            "happenedAt": "2026-03-02T09:30:00Z"
        })
    }
}

/// A merge patch of an observation.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ObservationPatch {
    pub body: Set<Prose>,
    pub perspective: Set<Perspective>,
    pub voice: Nullable<Voice>,
    pub question_id: Nullable<Id>,
    pub about_pseudonym_ids: Set<Pseudonyms>,
    pub on_behalf_of_pseudonym_id: Nullable<Id>,
    pub theme_ids: Set<Themes>,
    pub life_domains: Set<LifeDomains>,
    pub tags: Set<Tags>,
    /// From the inbox into a cycle of the same network.
    pub cycle_id: Set<Id>,
}

impl Input for ObservationPatch {
    fn example() -> Value {
        json!({"body": "Mevrouw kwam pas binnen toen de koffie buiten stond.", "voice": null})
    }
}

/// The body that closes, withdraws or restores an observation.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ObservationTransition {
    pub id: Option<Id>,
    pub to: ObservationState,
    /// Needed for `closed` and `withdrawn`.
    pub reason: Option<Reason>,
    pub happened_at: Option<HappenedAt>,
}

impl Input for ObservationTransition {
    fn example() -> Value {
        json!({"to": "closed", "reason": "Al opgelost door de buurt zelf."})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if self.to != ObservationState::Logged && self.reason.is_none() {
            faults.push(FieldError::new("/reason", "required", "A reason is needed to close or withdraw."));
        }
    }
}

/// The body that moves an observation to another network or cycle.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ObservationMove {
    pub network_id: Id,
    /// Without one it goes to the network's inbox.
    pub cycle_id: Option<Id>,
}

impl Input for ObservationMove {
    fn example() -> Value {
        json!({"networkId": "01890a5d-ac96-774b-bcce-b302099a8057"})
    }
}

/// What a list of observations can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ObservationFilter {
    pub perspective: Option<Perspective>,
    pub theme_id: Option<Id>,
    pub author_id: Option<Id>,
    /// Observations about this pseudonym.
    pub pseudonym_id: Option<Id>,
    /// By default all but the withdrawn.
    pub state: Option<ObservationState>,
    /// Those that a figure of the report counts; goes with moments and days alone.
    pub figure: Option<ObservationFigure>,
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

impl ObservationFilter {
    pub fn days(&self) -> Days {
        Days::between(self.from, self.to)
    }

    pub fn followed(&self) -> Option<Followed> {
        let cycles = Days::between(self.cycles_from, self.cycles_to);
        Some(Followed { figure: self.figure?.into(), at: self.at, days: self.days(), cycles })
    }
}

impl Input for ObservationFilter {
    fn example() -> Value {
        json!({})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        let narrowed = self.perspective.is_some()
            || self.theme_id.is_some()
            || self.author_id.is_some()
            || self.pseudonym_id.is_some()
            || self.state.is_some();
        let of_figures = [
            ("/at", self.at.is_some()),
            ("/cyclesFrom", self.cycles_from.is_some()),
            ("/cyclesTo", self.cycles_to.is_some()),
        ];
        following::figure_goes_alone(self.figure.is_some(), narrowed, of_figures, faults);
    }
}
