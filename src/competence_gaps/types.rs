//! A gap as it is sent.

use crate::clock::Instant;
use crate::http::body::Input;
use crate::ids::Id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What is known of who has a competence. `disclosed`: somebody says so to those who ask here. `unknown`: nobody does,
/// which tells nothing about who can do it; what people keep to themselves is never looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    Disclosed,
    Unknown,
}

/// A competence that open questions of a network ask for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CompetenceGap {
    pub competence_id: Id,
    /// The network whose own the competence is; null for the whole server's.
    pub network_id: Option<Id>,
    pub name: String,
    pub held: Held,
    pub question_count: i64,
    /// The newest questions that ask for it, 20 at most.
    pub question_ids: Vec<Id>,
    #[serde(skip)]
    #[schemars(skip)]
    pub created_at: Instant,
}

/// A competence that open questions ask of me and that I have not stated, to nobody but me.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MyCompetenceGap {
    pub competence_id: Id,
    /// The network whose own the competence is; null for the whole server's.
    pub network_id: Option<Id>,
    pub name: String,
    /// Always `unknown`: I did not say that I have it, and nobody concludes that I have not.
    pub held: Held,
    pub question_count: i64,
    /// The newest questions that ask for it, 20 at most.
    pub question_ids: Vec<Id>,
    /// My open learning goal for it.
    pub learning_goal_id: Option<Id>,
    #[serde(skip)]
    #[schemars(skip)]
    pub created_at: Instant,
}

/// What the list of a network's gaps can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GapFilter {
    /// By default `unknown`: the gaps. With `disclosed` what is asked for and somebody has.
    pub held: Option<Held>,
}

impl Input for GapFilter {
    fn example() -> Value {
        json!({})
    }
}
