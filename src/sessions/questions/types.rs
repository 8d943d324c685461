//! A question put in a session as it is stored and sent, and the body that records it.

use crate::clock::Instant;
use crate::db::schema::session_questions;
use crate::http::body::Input;
use crate::http::text::Prose;
use crate::ids::Id;
use crate::practice::{RecordState, Withdrawable};
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// What a question leaves to whoever answers it. `closed`: a choice among given answers, most often yes or no
/// (“Is zij gebeld?”). `objective`: a fact that others could look up or check (“Hoe vaak kwam hij?”). `relative`: how a
/// thing stands to another one, to another time or in another's eyes (“Hoe ziet de buurvrouw dat?”). `open`: everything,
/// what to talk of included (“Wat houdt je hierin bezig?”).
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
pub enum SessionQuestionKind {
    Closed,
    Objective,
    Relative,
    Open,
}
crate::text_enum!(SessionQuestionKind);

/// A question that was put in a session, by one of the set to another or to all: the Q of L = P + Q (Revans, 1982). It is
/// not a citizen's question.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = session_questions, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct SessionQuestion {
    pub id: Id,
    pub network_id: Id,
    pub session_id: Id,
    /// The session's cycle.
    pub cycle_id: Option<Id>,
    pub kind: SessionQuestionKind,
    pub text: String,
    /// Who put it, where that is told.
    pub asked_by_id: Option<Id>,
    pub state: RecordState,
    pub state_reason: Option<String>,
    /// Who recorded it.
    pub author_id: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for SessionQuestion {
    const KIND: &'static str = "session_question";
    const PATH: &'static str = "session-questions";

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

impl Withdrawable for SessionQuestion {
    fn state_mut(&mut self) -> (&mut RecordState, &mut Option<String>) {
        (&mut self.state, &mut self.state_reason)
    }
}

/// The body that records a question put in a session.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionQuestionCreate {
    pub id: Option<Id>,
    pub kind: SessionQuestionKind,
    pub text: Prose,
    /// One of those present.
    pub asked_by_id: Option<Id>,
}

impl Input for SessionQuestionCreate {
    fn example() -> Value {
        json!({"kind": "open", "text": "Wat maakte dat je juist toen aanbelde?"})
    }
}

/// What a list of questions put can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionQuestionFilter {
    pub kind: Option<SessionQuestionKind>,
    /// By default `current`.
    pub state: Option<RecordState>,
}

impl Input for SessionQuestionFilter {
    fn example() -> Value {
        json!({"kind": "open"})
    }
}
