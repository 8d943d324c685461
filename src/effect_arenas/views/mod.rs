//! Where those who make an arena see it differently. A view is not edited: who thinks otherwise by now withdraws it.

pub mod api;
pub(super) mod store;
pub mod types;

use super::types::{ArenaState, EffectArena};
use crate::access::Tx;
use crate::edits::Edit;
use crate::error::{FieldError, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{RecordState, Withdrawal, all_found, dangling, not_withdrawn, people_in_cycle};
use crate::record::{self, Created};
use crate::transitions;
use types::{EffectArenaView, EffectArenaViewCreate};

/// Says how somebody sees an arena, in whatever state it is but withdrawn.
pub fn create(
    tx: &mut Tx<'_>,
    arena: &EffectArena,
    author_id: Id,
    body: &EffectArenaViewCreate,
) -> Result<Created<EffectArenaView>> {
    let digest = tx.digest(body.id, arena.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.effect_arena_id == arena.id;
        return record::replay(stored, &digest, here);
    }
    not_withdrawn(arena.state == ArenaState::Withdrawn)?;
    refers_to_what_stands(tx, arena, body)?;
    let view = EffectArenaView {
        id: body.id.unwrap_or_default(),
        network_id: arena.network_id,
        cycle_id: arena.cycle_id,
        effect_arena_id: arena.id,
        part_key: body.part_key.as_deref().map(Into::into),
        kind: body.kind,
        text: body.text.to_string(),
        held_by_id: body.held_by_id,
        state: RecordState::Current,
        state_reason: None,
        author_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &view)?;
    tx.note("created", &view);
    Ok(Created::fresh(view))
}

fn refers_to_what_stands(tx: &mut Tx<'_>, arena: &EffectArena, body: &EffectArenaViewCreate) -> Result<()> {
    let mut faults = Vec::new();
    if let Some(key) = &body.part_key
        && !arena.content.keys().any(|known| known == key)
    {
        faults.push(FieldError::new(
            "/partKey",
            "not_found",
            format!("{key} is no key of a part of the board."),
        ));
    }
    if let Some(id) = body.held_by_id {
        let cycle_id = arena.cycle_id.unwrap_or(Id::NIL);
        if people_in_cycle(tx, arena.network_id, cycle_id, &[id])?.is_empty() {
            faults.push(dangling("heldById", id));
        }
    }
    all_found(faults)
}

pub fn withdraw(
    tx: &mut Tx<'_>,
    view: EffectArenaView,
    person_id: Id,
    if_match: &IfMatch,
    body: &Withdrawal,
) -> Result<EffectArenaView> {
    transitions::move_one(tx, person_id, Edit { record: view, if_match, body }, store::save)
}
