//! A learning goal and the evidence for it, as they are stored and sent.

use super::bodies::Route;
use crate::clock::Instant;
use crate::db::schema::{learning_goal_evidence, learning_goals};
use crate::disclosure::Disclosure;
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

/// `open` until it is `achieved` or `dropped`, which is the end of it; who takes it up again makes a new goal.
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
pub enum GoalState {
    Open,
    Achieved,
    Dropped,
}

/// By which way a competence was acquired: from a `colleague`, by an `insight` of another team, in a `training`, or by
/// an `action` in practice.
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
pub enum RouteKind {
    Colleague,
    Insight,
    Training,
    Action,
}
crate::text_enum!(GoalState, RouteKind);

/// A goal as stored.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = learning_goals, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct GoalRow {
    pub id: Id,
    pub person_id: Id,
    pub competence_id: Id,
    pub text: Option<String>,
    pub disclosure: Disclosure,
    pub state: GoalState,
    pub state_reason: Option<String>,
    pub route_kind: Option<RouteKind>,
    pub route_person_id: Option<Id>,
    pub route_insight_id: Option<Id>,
    pub route_action_id: Option<Id>,
    pub route_text: Option<String>,
    pub settled_at: Option<Instant>,
    /// The one move that a goal makes, for when it is sent again.
    pub move_id: Option<Id>,
    pub move_digest: Option<Vec<u8>>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    pub digest: Vec<u8>,
}

impl GoalRow {
    pub fn route(&self) -> Option<Route> {
        self.route_kind.map(|kind| Route {
            kind,
            person_id: self.route_person_id,
            insight_id: self.route_insight_id,
            action_id: self.route_action_id,
            text: self.route_text.clone(),
        })
    }

    pub fn shown(self, display_name: String, competence_name: String) -> LearningGoal {
        LearningGoal {
            route: self.route(),
            id: self.id,
            person_id: self.person_id,
            display_name,
            competence_id: self.competence_id,
            competence_name,
            text: self.text,
            disclosure: self.disclosure,
            state: self.state,
            state_reason: self.state_reason,
            settled_at: self.settled_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
            digest: self.digest,
        }
    }
}

/// What somebody wants to learn, so as to close a gap. It is theirs, and belongs to no network. A dropped one is its
/// person's alone.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LearningGoal {
    pub id: Id,
    pub person_id: Id,
    pub display_name: String,
    pub competence_id: Id,
    pub competence_name: String,
    pub text: Option<String>,
    pub disclosure: Disclosure,
    pub state: GoalState,
    /// Why it was dropped.
    pub state_reason: Option<String>,
    /// How it was achieved. To others it names only what they may see: a colleague who discloses the competence to them,
    /// an insight or an action that they may read.
    pub route: Option<Route>,
    /// When it was achieved or dropped.
    pub settled_at: Option<Instant>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for LearningGoal {
    const KIND: &'static str = "learning_goal";
    const PATH: &'static str = "learning-goals";

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
        Id::NIL
    }
    /// A disclosed one too, as a statement is.
    fn is_private(&self) -> bool {
        true
    }
}

/// Something that shows that what was learned is there, added when it shows. It has no changes: it can be taken back.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = learning_goal_evidence, treat_none_as_default_value = false)]
pub struct Evidence {
    pub id: Id,
    pub goal_id: Id,
    pub text: String,
    pub happened_at: Instant,
    pub created_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Evidence {
    const KIND: &'static str = "learning_goal_evidence";
    const PATH: &'static str = "learning-goal-evidence";

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
        Id::NIL
    }
    fn is_private(&self) -> bool {
        true
    }
}
