//! An insight as it is stored and sent, and the bodies that make and change it.

use crate::clock::{Day, Instant};
use crate::db::schema::insights;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::evaluations::types::Verdict;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Few, Name, Nullable, Prose, Reason, Set};
use crate::ids::Id;
use crate::loops::days::Days;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// A `draft` is its author's alone; `shared` it reaches its audience, and its text is fixed; `withdrawn` it is left to its
/// own network.
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
pub enum InsightState {
    Draft,
    Shared,
    Withdrawn,
}

/// Whom something is shared with, each wider than the one before: the members of its own `network`; also those of
/// every network above or below it (`lineage`), as the networks lie when it is read; every signed-in person (`commons`).
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
pub enum Audience {
    Network,
    Lineage,
    Commons,
}
crate::text_enum!(InsightState, Audience);

/// Where an insight comes from and what stands behind it, as it was when it was first shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Provenance {
    pub network_id: Id,
    pub network_name: String,
    /// The network's.
    pub locality: Option<String>,
    pub cycle_id: Id,
    pub learning_question: String,
    /// How many observations its reflections thought about, or led to the actions that were evaluated; each counted once.
    pub observations: i64,
    pub verdicts: Verdicts,
}

/// How many evaluations gave each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Verdicts {
    pub worked: i64,
    pub partly: i64,
    pub did_not_work: i64,
}

impl Verdicts {
    /// The count of one verdict.
    pub fn of(&mut self, verdict: Verdict) -> &mut i64 {
        match verdict {
            Verdict::Worked => &mut self.worked,
            Verdict::Partly => &mut self.partly,
            Verdict::DidNotWork => &mut self.did_not_work,
        }
    }
}

impl FromIterator<Verdict> for Verdicts {
    fn from_iter<I: IntoIterator<Item = Verdict>>(verdicts: I) -> Verdicts {
        let mut counts = Verdicts::default();
        verdicts.into_iter().for_each(|verdict| *counts.of(verdict) += 1);
        counts
    }
}

/// What others can learn from a cycle. It names no person and none of its sources.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = insights, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Insight {
    pub id: Id,
    pub network_id: Id,
    pub cycle_id: Id,
    pub title: String,
    pub body: String,
    /// Where it holds, as far as the authors know.
    pub locality: Option<String>,
    pub theme_ids: Json<Vec<Id>>,
    #[serde(skip)]
    #[schemars(skip)]
    pub reflection_ids: Json<Vec<Id>>,
    #[serde(skip)]
    #[schemars(skip)]
    pub evaluation_ids: Json<Vec<Id>>,
    /// The insight, of this network or another, that it was made from.
    pub adapted_from_id: Option<Id>,
    pub state: InsightState,
    /// Why it was withdrawn.
    pub state_reason: Option<String>,
    /// Null in a draft; the last one in what was withdrawn.
    pub audience: Option<Audience>,
    /// Null in a draft.
    pub provenance: Option<Json<Provenance>>,
    /// When it was first shared.
    pub shared_at: Option<Instant>,
    #[serde(skip)]
    #[schemars(skip)]
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Insight {
    const KIND: &'static str = "insight";
    const PATH: &'static str = "insights";

    fn id(&self) -> Id {
        self.id
    }
    fn version(&self) -> i32 {
        self.version
    }
    fn digest(&self) -> &[u8] {
        &self.digest
    }
    // It belongs to the network: who is a guest in its cycle does not see it, hence no cycle in the change log.
    fn network_id(&self) -> Id {
        self.network_id
    }
    fn is_private(&self) -> bool {
        self.state == InsightState::Draft
    }
}

/// What an insight was drawn from, and by whom: for the members of its network alone.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InsightSources {
    pub insight_id: Id,
    pub reflection_ids: Vec<Id>,
    pub evaluation_ids: Vec<Id>,
    /// The person who drafted it.
    pub created_by: Id,
}

pub type Themes = Few<Id, 0, 20>;
pub type Sources = Few<Id, 0, 100>;

pub const NO_SOURCE: &str = "An insight is drawn from at least one reflection or evaluation.";

/// The body that drafts an insight.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InsightCreate {
    pub id: Option<Id>,
    pub title: Name,
    /// In words of its own: what others read must not tell who said or did what.
    pub body: Prose,
    /// Where it holds.
    pub locality: Option<Name>,
    pub theme_ids: Option<Themes>,
    /// Reflections of the cycle that its network sees. At least one of these or of evaluationIds.
    pub reflection_ids: Option<Sources>,
    /// Evaluations of the cycle's actions.
    pub evaluation_ids: Option<Sources>,
    /// A shared insight that the caller sees, and that this one is made from.
    pub adapted_from_id: Option<Id>,
}

impl Input for InsightCreate {
    fn example() -> Value {
        json!({
            "title": "De drempel ligt bij de deur",
            "body": "Wie buiten wordt aangesproken, komt vaker binnen dan wie een uitnodiging krijgt.",
            "locality": "Nijmegen",
            "reflectionIds": ["01890a5d-ac96-774b-bcce-b302099a8057"]
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        let none = |list: &Option<Sources>| list.as_ref().is_none_or(|list| list.is_empty());
        if none(&self.reflection_ids) && none(&self.evaluation_ids) {
            faults.push(FieldError::new("/reflectionIds", "required", NO_SOURCE));
        }
    }
}

/// A merge patch of a draft.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct InsightPatch {
    pub title: Set<Name>,
    pub body: Set<Prose>,
    pub locality: Nullable<Name>,
    pub theme_ids: Set<Themes>,
    pub reflection_ids: Set<Sources>,
    pub evaluation_ids: Set<Sources>,
    pub adapted_from_id: Nullable<Id>,
}

impl Input for InsightPatch {
    fn example() -> Value {
        json!({"title": "De drempel ligt bij de voordeur"})
    }
}

/// What an insight can be moved to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InsightMove {
    Shared,
    Withdrawn,
}

/// The body that shares an insight, or withdraws it.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InsightTransition {
    pub id: Option<Id>,
    pub to: InsightMove,
    /// Needed for `shared`: whom with. What is shared already can be given a wider one, never a narrower one.
    pub audience: Option<Audience>,
    /// Needed for `withdrawn`.
    pub reason: Option<Reason>,
    pub happened_at: Option<HappenedAt>,
}

impl Input for InsightTransition {
    fn example() -> Value {
        json!({"to": "shared", "audience": "network"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        match (self.to, self.audience) {
            (InsightMove::Shared, None) => {
                faults.push(FieldError::new("/audience", "required", "Say whom it is shared with."));
            }
            (InsightMove::Withdrawn, Some(_)) => {
                faults.push(FieldError::new("/audience", "inconsistent", "Only what is shared has one."));
            }
            _ => {}
        }
        if self.to == InsightMove::Withdrawn && self.reason.is_none() {
            faults.push(FieldError::new("/reason", "required", "A reason is needed to withdraw."));
        }
    }
}

/// What the list of a network's insights can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NetworkInsightFilter {
    /// By default all but the withdrawn. Of drafts only the caller's own are listed.
    pub state: Option<InsightState>,
    pub cycle_id: Option<Id>,
    pub theme_id: Option<Id>,
    /// Those that were shared on this day (Europe/Amsterdam) or later.
    pub from: Option<Day>,
    /// Those that were shared on this day or earlier.
    pub to: Option<Day>,
}

impl NetworkInsightFilter {
    pub fn days(&self) -> Days {
        Days::between(self.from, self.to)
    }
}

impl Input for NetworkInsightFilter {
    fn example() -> Value {
        json!({"state": "shared"})
    }
}

/// What the list of all insights that reach the caller can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InsightFilter {
    pub audience: Option<Audience>,
    pub theme_id: Option<Id>,
    pub network_id: Option<Id>,
}

impl Input for InsightFilter {
    fn example() -> Value {
        json!({"audience": "commons"})
    }
}
