//! A review of an action as it is stored and sent, and the body that makes it.

use crate::actions::types::Action;
use crate::clock::Instant;
use crate::db::schema::action_reviews;
use crate::http::body::Input;
use crate::http::text::Prose;
use crate::ids::Id;
use crate::practice::{RecordState, Withdrawable};
use crate::record::Record;
use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// What the set thinks should become of the action: go on as it is, go on otherwise, or be seen as done or dropped. The
/// action itself moves by its own transitions alone.
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
pub enum ReviewDecision {
    Continue,
    Adjust,
    Done,
    Dropped,
}
crate::text_enum!(ReviewDecision);

/// What a session said of one open action: a note beside it.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = action_reviews, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct ActionReview {
    pub id: Id,
    pub network_id: Id,
    pub session_id: Id,
    /// The session's cycle, which need not be the action's own.
    pub cycle_id: Option<Id>,
    pub action_id: Id,
    pub note: String,
    pub decision: Option<ReviewDecision>,
    pub state: RecordState,
    pub state_reason: Option<String>,
    pub author_id: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for ActionReview {
    const KIND: &'static str = "action_review";
    const PATH: &'static str = "action-reviews";

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

impl Withdrawable for ActionReview {
    fn state_mut(&mut self) -> (&mut RecordState, &mut Option<String>) {
        (&mut self.state, &mut self.state_reason)
    }
}

/// The body that reviews an action.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ActionReviewCreate {
    pub id: Option<Id>,
    /// An action of the session's cycle, or one carried into it; of any cycle where the session is of the network.
    pub action_id: Id,
    pub note: Prose,
    pub decision: Option<ReviewDecision>,
}

impl Input for ActionReviewCreate {
    fn example() -> Value {
        json!({
            "actionId": "01890a5d-ac96-774b-bcce-b302099a8057",
            "note": "De koffie staat er elke dinsdag; de folder laten we weg.",
            "decision": "adjust"
        })
    }
}

/// An action that is open now, by the rule of the report's open items, and whether this session has reviewed it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SessionOpenAction {
    pub action_id: Id,
    /// When it happened: when the action was committed to.
    pub since: Instant,
    pub due_on: Option<NaiveDate>,
    /// The action itself; null for a guest of the cycle where it came along from an earlier one, which a guest does not
    /// see.
    pub action: Option<Action>,
    /// The review that stands; null as long as there is none.
    pub review_id: Option<Id>,
}
