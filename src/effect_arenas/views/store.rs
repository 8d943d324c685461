//! Views on effect arenas in the database.

use super::types::EffectArenaView;
use crate::access::{Locate, Place, Tx};
use crate::db::schema::effect_arena_views;
use crate::effect_arenas::store::place;
use crate::effect_arenas::types::EffectArena;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use crate::practice::RecordState;
use diesel::prelude::*;

crate::record_store!(effect_arena_views, EffectArenaView);

/// A view by its id.
#[derive(Clone)]
pub struct OneView(pub Id);

impl Locate for OneView {
    type Found = EffectArenaView;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(EffectArenaView, Place)>> {
        Ok(find(tx, self.0)?.map(|view| {
            let place = place(view.network_id, view.cycle_id).by(view.author_id);
            (view, place)
        }))
    }
}

pub fn list(
    tx: &mut Tx<'_>,
    arena: &EffectArena,
    state: RecordState,
    page: &Page,
) -> QueryResult<Vec<EffectArenaView>> {
    let query = newest_first!(
        effect_arena_views::table
            .filter(effect_arena_views::network_id.eq(arena.network_id))
            .filter(effect_arena_views::effect_arena_id.eq(arena.id))
            .filter(effect_arena_views::state.eq(state)),
        page,
        effect_arena_views::created_at,
        effect_arena_views::id
    );
    query.load(tx.conn())
}

/// All that stand now, in the order in which they were said.
pub fn standing(tx: &mut Tx<'_>, arena: &EffectArena) -> QueryResult<Vec<EffectArenaView>> {
    effect_arena_views::table
        .filter(effect_arena_views::network_id.eq(arena.network_id))
        .filter(effect_arena_views::effect_arena_id.eq(arena.id))
        .filter(effect_arena_views::state.eq(RecordState::Current))
        .order((effect_arena_views::created_at, effect_arena_views::id))
        .load(tx.conn())
}
