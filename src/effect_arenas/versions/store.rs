//! Versions of effect arenas in the database.

use super::types::EffectArenaVersion;
use crate::access::{Locate, Place, Tx};
use crate::db::schema::effect_arena_versions;
use crate::effect_arenas::store::place;
use crate::effect_arenas::types::EffectArena;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

/// A version by its id.
#[derive(Clone)]
pub struct OneVersion(pub Id);

impl Locate for OneVersion {
    type Found = EffectArenaVersion;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(EffectArenaVersion, Place)>> {
        let found: Option<EffectArenaVersion> = effect_arena_versions::table
            .filter(effect_arena_versions::id.eq(self.0))
            .get_result(tx.conn())
            .optional()?;
        Ok(found.map(|version| {
            let place = place(version.network_id, version.cycle_id);
            (version, place)
        }))
    }
}

pub fn insert(tx: &mut Tx<'_>, version: &EffectArenaVersion) -> QueryResult<()> {
    diesel::insert_into(effect_arena_versions::table).values(version).execute(tx.conn()).map(drop)
}

pub fn list(tx: &mut Tx<'_>, arena: &EffectArena, page: &Page) -> QueryResult<Vec<EffectArenaVersion>> {
    let query = newest_first!(
        effect_arena_versions::table
            .filter(effect_arena_versions::network_id.eq(arena.network_id))
            .filter(effect_arena_versions::effect_arena_id.eq(arena.id)),
        page,
        effect_arena_versions::created_at,
        effect_arena_versions::id
    );
    query.load(tx.conn())
}
