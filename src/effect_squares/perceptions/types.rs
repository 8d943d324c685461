//! A perception as it is stored and sent, and the body that tells it.

use crate::clock::Instant;
use crate::db::schema::perceptions;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::Prose;
use crate::ids::Id;
use crate::observations::types::Voice;
use crate::practice::{Perspective, RecordState, Withdrawable};
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// Which way things went, for whoever perceives it.
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
pub enum PerceivedDirection {
    Better,
    Same,
    Worse,
}
crate::text_enum!(PerceivedDirection);

/// What somebody involved perceives of an initiative.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = perceptions, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Perception {
    pub id: Id,
    pub network_id: Id,
    pub effect_square_id: Id,
    /// The initiative of the square that it is of.
    pub initiative_id: Id,
    pub text: String,
    pub direction: PerceivedDirection,
    /// From whose side it is perceived.
    pub perspective: Perspective,
    pub voice: Option<Voice>,
    /// Who perceives it, where somebody without an account does.
    pub pseudonym_id: Option<Id>,
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

impl Record for Perception {
    const KIND: &'static str = "perception";
    const PATH: &'static str = "perceptions";

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
}

impl Withdrawable for Perception {
    fn state_mut(&mut self) -> (&mut RecordState, &mut Option<String>) {
        (&mut self.state, &mut self.state_reason)
    }
}

/// The body that tells what somebody involved perceives.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PerceptionCreate {
    pub id: Option<Id>,
    pub initiative_id: Id,
    pub text: Prose,
    pub direction: PerceivedDirection,
    pub perspective: Perspective,
    pub voice: Option<Voice>,
    pub pseudonym_id: Option<Id>,
    pub happened_at: Option<HappenedAt>,
}

impl Input for PerceptionCreate {
    fn example() -> Value {
        json!({
            "initiativeId": "01890a5d-ac96-774b-bcce-b302099a8057",
            "text": "Ik ken nu drie buren bij naam.",
            "direction": "better",
            "perspective": "citizen",
            "voice": "own_words"
        })
    }
}

/// What a list of perceptions can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PerceptionFilter {
    pub initiative_id: Option<Id>,
    pub direction: Option<PerceivedDirection>,
    pub perspective: Option<Perspective>,
    /// By default `current`.
    pub state: Option<RecordState>,
}

impl Input for PerceptionFilter {
    fn example() -> Value {
        json!({"direction": "worse"})
    }
}
