//! Perceptions: what those involved notice of a neighbourhood's initiatives, told by themselves.

pub mod api;
mod store;
pub mod types;

use super::types::EffectSquare;
use crate::access::Tx;
use crate::edits::Edit;
use crate::error::Result;
use crate::http::body::HappenedAt;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{RecordState, Withdrawal, all_found, dangling, not_withdrawn};
use crate::record::{self, Created};
use crate::transitions;
pub(super) use store::{counted, initiatives_perceived};
use types::{Perception, PerceptionCreate};

/// Tells what somebody perceives of an initiative of the square.
pub fn create(
    tx: &mut Tx<'_>,
    square: &EffectSquare,
    author_id: Id,
    body: &PerceptionCreate,
) -> Result<Created<Perception>> {
    let digest = tx.digest(body.id, square.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.effect_square_id == square.id;
        return record::replay(stored, &digest, here);
    }
    not_withdrawn(square.state == RecordState::Withdrawn)?;
    let mut faults = Vec::new();
    if !square.initiatives.iter().any(|initiative| initiative.id == body.initiative_id) {
        faults.push(dangling("initiativeId", body.initiative_id));
    }
    if let Some(id) = body.pseudonym_id
        && !store::pseudonym_stands(tx, square.network_id, id)?
    {
        faults.push(dangling("pseudonymId", id));
    }
    all_found(faults)?;
    let perception = Perception {
        id: body.id.unwrap_or_default(),
        network_id: square.network_id,
        effect_square_id: square.id,
        initiative_id: body.initiative_id,
        text: body.text.to_string(),
        direction: body.direction,
        perspective: body.perspective,
        voice: body.voice,
        pseudonym_id: body.pseudonym_id,
        state: RecordState::Current,
        state_reason: None,
        author_id,
        happened_at: HappenedAt::or_now(body.happened_at, tx.now),
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &perception)?;
    tx.note("created", &perception);
    Ok(Created::fresh(perception))
}

pub fn withdraw(
    tx: &mut Tx<'_>,
    perception: Perception,
    person_id: Id,
    if_match: &IfMatch,
    body: &Withdrawal,
) -> Result<Perception> {
    transitions::move_one(tx, person_id, Edit { record: perception, if_match, body }, store::save)
}
