//! Participants: guests who see one cycle and nothing else of its network.

pub mod api;
mod store;
pub mod types;

use crate::access::Tx;
use crate::cycles::rules::CycleState;
use crate::error::{Error, FieldError, Result};
use crate::http::precondition::IfMatch;
use crate::practice::dangling;
use crate::record::{self, Created};
use crate::term;
use types::{Participant, ParticipantCreate, ParticipantPatch, ParticipantRow};

/// Lets somebody take part in a cycle, once at a time; `known` says that the actor may let them in: see
/// [`crate::people::may_be_let_in`]. Into a cycle of an archived network too, with a reason.
pub fn create(
    tx: &mut Tx<'_>,
    cycle: &CycleState,
    archived: bool,
    body: &ParticipantCreate,
    known: bool,
) -> Result<Created<Participant>> {
    let digest = tx.digest(body.id, cycle.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.cycle_id == cycle.id;
        return record::replay(store::shown(tx, stored)?, &digest, here);
    }
    if !known {
        return Err(Error::dangling(vec![dangling("personId", body.person_id)]));
    }
    if archived && body.reason.is_none() {
        let detail = "An archived network lets nobody in without a reason.";
        return Err(Error::inconsistent(vec![FieldError::new("/reason", "required", detail)]));
    }
    let participant = ParticipantRow {
        network_id: cycle.network_id,
        id: body.id.unwrap_or_default(),
        cycle_id: cycle.id,
        person_id: body.person_id,
        role: body.role.into(),
        starts_at: body.starts_at.unwrap_or(tx.now),
        ends_at: body.ends_at,
        reason: body.reason.as_deref().map(Into::into),
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    if store::of_person(tx, cycle, body.person_id)?.is_some() {
        return Err(Error::conflict("already_participant", "This person takes part in the cycle already."));
    }
    store::insert(tx, &participant)?;
    let shown = store::shown(tx, participant)?;
    tx.note("created", &shown);
    Ok(Created::fresh(shown))
}

pub fn update(
    tx: &mut Tx<'_>,
    mut participant: ParticipantRow,
    if_match: &IfMatch,
    patch: ParticipantPatch,
) -> Result<Participant> {
    if_match.demand(participant.version)?;
    term::not_ended("This person's part in the cycle", participant.ends_at, tx.now)?;
    term::may_end(participant.starts_at, &patch.ends_at)?;
    patch.role.apply(&mut participant.role, Into::into);
    patch.ends_at.apply(&mut participant.ends_at, |end| end);
    store::save(tx, &mut participant)?;
    let shown = store::shown(tx, participant)?;
    tx.note("updated", &shown);
    Ok(shown)
}

/// Ends somebody's part in the cycle now.
pub fn end(tx: &mut Tx<'_>, mut participant: ParticipantRow, if_match: &IfMatch) -> Result<()> {
    if_match.demand(participant.version)?;
    term::not_ended("This person's part in the cycle", participant.ends_at, tx.now)?;
    participant.ends_at = Some(tx.now);
    store::save(tx, &mut participant)?;
    let shown = store::shown(tx, participant)?;
    tx.note("ended", &shown);
    Ok(())
}
