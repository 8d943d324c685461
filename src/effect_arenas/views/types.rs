//! A view as it is stored and sent, and the body that makes it.

use crate::clock::Instant;
use crate::db::schema::effect_arena_views;
use crate::http::body::Input;
use crate::http::text::Reason;
use crate::ids::Id;
use crate::label::Key;
use crate::practice::{RecordState, Withdrawable};
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// Whether somebody does not agree (`dissent`), or agrees and sees something else in it (`reading`).
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
pub enum ArenaViewKind {
    Dissent,
    Reading,
}
crate::text_enum!(ArenaViewKind);

/// How somebody sees an arena, or a part of it, otherwise than the others. It is never merged into what they agree on.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = effect_arena_views, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct EffectArenaView {
    pub id: Id,
    pub network_id: Id,
    /// The arena's cycle.
    pub cycle_id: Option<Id>,
    pub effect_arena_id: Id,
    /// The key of the part that it is about, which may have left the board since; null where it is about the whole.
    pub part_key: Option<String>,
    pub kind: ArenaViewKind,
    pub text: String,
    /// Whose view it is, where its author wrote it down for somebody else.
    pub held_by_id: Option<Id>,
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

impl Record for EffectArenaView {
    const KIND: &'static str = "effect_arena_view";
    const PATH: &'static str = "effect-arena-views";

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

impl Withdrawable for EffectArenaView {
    fn state_mut(&mut self) -> (&mut RecordState, &mut Option<String>) {
        (&mut self.state, &mut self.state_reason)
    }
}

/// The body that says how somebody sees it.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EffectArenaViewCreate {
    pub id: Option<Id>,
    /// A key that is on the board now; left out for the arena as a whole.
    pub part_key: Option<Key>,
    pub kind: ArenaViewKind,
    pub text: Reason,
    /// A member of the network or participant of the arena's cycle, where it is not the author's own view.
    pub held_by_id: Option<Id>,
}

impl Input for EffectArenaViewCreate {
    fn example() -> Value {
        json!({
            "partKey": "contact",
            "kind": "dissent",
            "text": "Dat is geen effect van de koffie: die mensen kenden elkaar al van de kerk."
        })
    }
}
