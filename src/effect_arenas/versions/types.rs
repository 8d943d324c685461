//! A version of an arena, as it was kept.

use crate::clock::Instant;
use crate::db::schema::effect_arena_versions;
use crate::db::types::Json;
use crate::effect_arenas::content::ArenaContent;
use crate::effect_arenas::types::ArenaState;
use crate::effect_arenas::views::types::{ArenaViewKind, EffectArenaView};
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An arena as it was agreed, or as it was evaluated, whole. It never changes.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = effect_arena_versions, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct EffectArenaVersion {
    pub id: Id,
    pub network_id: Id,
    /// The arena's cycle.
    pub cycle_id: Option<Id>,
    pub effect_arena_id: Id,
    /// 1 for the first, without gaps.
    pub number: i32,
    /// `agreed` or `evaluated`.
    pub state: ArenaState,
    pub title: String,
    pub session_id: Option<Id>,
    pub participant_ids: Json<Vec<Id>>,
    pub content: Json<ArenaContent>,
    /// The views that stood, in the order in which they were said.
    pub views: Json<Vec<KeptArenaView>>,
    /// Who said that it was agreed or evaluated, and when that was.
    pub kept_by: Id,
    pub happened_at: Instant,
    pub created_at: Instant,
}

impl Record for EffectArenaVersion {
    const KIND: &'static str = "effect_arena_version";
    const PATH: &'static str = "effect-arena-versions";

    fn id(&self) -> Id {
        self.id
    }
    /// It never changes.
    fn version(&self) -> i32 {
        1
    }
    /// It is no client's to make.
    fn digest(&self) -> &[u8] {
        &[]
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
    fn cycle_id(&self) -> Option<Id> {
        self.cycle_id
    }
}

/// A view as it stood when the version was kept, whatever came of it since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeptArenaView {
    pub id: Id,
    pub part_key: Option<String>,
    pub kind: ArenaViewKind,
    pub text: String,
    pub held_by_id: Option<Id>,
    pub author_id: Id,
    pub created_at: Instant,
}

impl From<EffectArenaView> for KeptArenaView {
    fn from(view: EffectArenaView) -> KeptArenaView {
        KeptArenaView {
            id: view.id,
            part_key: view.part_key,
            kind: view.kind,
            text: view.text,
            held_by_id: view.held_by_id,
            author_id: view.author_id,
            created_at: view.created_at,
        }
    }
}
