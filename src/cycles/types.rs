//! A cycle as it is stored and sent, and the bodies that make and change it.

use crate::clock::Instant;
use crate::db::schema::cycles;
use crate::db::types::Json;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Few, Nullable, Reason, Set, Text};
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// Where a cycle stands: `plan → act → observe → reflect → closed`, or `abandoned`.
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
pub enum Phase {
    Plan,
    Act,
    Observe,
    Reflect,
    Closed,
    Abandoned,
}
crate::text_enum!(Phase);

/// One turn of action learning in a network.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = cycles, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Cycle {
    pub id: Id,
    pub network_id: Id,
    pub learning_question: String,
    pub theme_ids: Json<Vec<Id>>,
    pub phase: Phase,
    /// The turn of the spiral before this one.
    pub previous_cycle_id: Option<Id>,
    /// The version of an approach that it tries.
    pub approach_version_id: Option<Id>,
    pub closed_at: Option<Instant>,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Cycle {
    const KIND: &'static str = "cycle";
    const PATH: &'static str = "cycles";

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
        Some(self.id)
    }
}

/// What the cycle wants to learn, in one question.
pub type LearningQuestion = Text<500>;
pub type Themes = Few<Id, 0, 20>;

/// The body that begins a cycle.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CycleCreate {
    pub id: Option<Id>,
    pub learning_question: LearningQuestion,
    /// Themes belong to the whole server: whoever signs in sees that the network works on them.
    pub theme_ids: Option<Themes>,
    /// The version of an approach of the network that it tries.
    pub approach_version_id: Option<Id>,
    /// The cycle that this one goes on from; its open actions come along.
    pub previous_cycle_id: Option<Id>,
}

impl Input for CycleCreate {
    fn example() -> Value {
        json!({"learningQuestion": "Wat helpt inwoners om zelf de eerste stap naar de inloop te zetten?"})
    }
}

/// A merge patch of a cycle.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CyclePatch {
    pub learning_question: Set<LearningQuestion>,
    pub theme_ids: Set<Themes>,
    pub approach_version_id: Nullable<Id>,
}

impl Input for CyclePatch {
    fn example() -> Value {
        json!({"learningQuestion": "Wat helpt inwoners om vaker dan één keer te komen?"})
    }
}

/// The body that moves a cycle to another phase.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CycleTransition {
    pub id: Option<Id>,
    pub to: Phase,
    /// Needed for a step back, for `abandoned`, to reopen, and to close with loose ends.
    pub reason: Option<Reason>,
    /// Closes although something is still open; takes a reason.
    pub accept_loose_ends: Option<bool>,
    pub happened_at: Option<HappenedAt>,
}

impl Input for CycleTransition {
    fn example() -> Value {
        json!({"to": "act"})
    }

    fn check(&self, faults: &mut Vec<crate::error::FieldError>) {
        // A move to `plan` can only be a step back; whether one to another phase is needs the stored phase.
        let needed =
            matches!(self.to, Phase::Abandoned | Phase::Plan) || self.accept_loose_ends == Some(true);
        if needed && self.reason.is_none() {
            let detail =
                "A reason is needed to step back, to abandon a cycle, or to close it with loose ends.";
            faults.push(crate::error::FieldError::new("/reason", "required", detail));
        }
    }
}

/// What a list of cycles can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CycleFilter {
    pub phase: Option<Phase>,
    pub theme_id: Option<Id>,
}

impl Input for CycleFilter {
    fn example() -> Value {
        json!({})
    }
}
