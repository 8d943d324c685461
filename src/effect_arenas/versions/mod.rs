//! Arenas as they were agreed and evaluated.

pub mod api;
pub(super) mod store;
pub mod types;

use super::types::EffectArena;
use super::views;
use crate::access::Tx;
use crate::clock::Instant;
use crate::db::types::Json;
use crate::error::Result;
use crate::ids::Id;
use types::EffectArenaVersion;

/// Keeps an arena as it is now, with the views that stand.
pub(super) fn keep(tx: &mut Tx<'_>, arena: &EffectArena, person_id: Id, happened_at: Instant) -> Result<()> {
    let views = views::store::standing(tx, arena)?;
    let version = EffectArenaVersion {
        id: Id::default(),
        network_id: arena.network_id,
        cycle_id: arena.cycle_id,
        effect_arena_id: arena.id,
        number: arena.last_number,
        state: arena.state,
        title: arena.title.clone(),
        session_id: arena.session_id,
        participant_ids: arena.participant_ids.clone(),
        content: arena.content.clone(),
        views: Json(views.into_iter().map(Into::into).collect()),
        kept_by: person_id,
        happened_at,
        created_at: tx.now,
    };
    store::insert(tx, &version)?;
    tx.note("created", &version);
    Ok(())
}
