//! Participants: guests who see one cycle and nothing else of its network.

pub mod api;
mod store;
pub mod types;

use crate::access::Tx;
use crate::clock::Instant;
use crate::cycles::rules::CycleState;
use crate::error::{Error, FieldError, Result};
use crate::http::precondition::IfMatch;
use crate::practice::dangling;
use crate::record::{self, Created};
use types::{Participant, ParticipantCreate, ParticipantPatch, ParticipantRow};

/// Lets somebody take part in a cycle, once at a time.
pub fn create(tx: &mut Tx<'_>, cycle: &CycleState, body: &ParticipantCreate) -> Result<Created<Participant>> {
    let digest = tx.digest(body.id, cycle.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.cycle_id == cycle.id;
        return record::replay(store::shown(tx, stored)?, &digest, here);
    }
    if !store::person_stands(tx, body.person_id)? {
        return Err(Error::dangling(vec![dangling("personId", body.person_id)]));
    }
    let participant = ParticipantRow {
        network_id: cycle.network_id,
        id: body.id.unwrap_or_default(),
        cycle_id: cycle.id,
        person_id: body.person_id,
        role: body.role.into(),
        starts_at: body.starts_at.unwrap_or(tx.now),
        ends_at: body.ends_at,
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

/// A part that has ended stays as it was: who comes back gets a new one.
fn not_ended(participant: &ParticipantRow, now: Instant) -> Result<()> {
    match participant.ends_at {
        Some(end) if end <= now => {
            Err(Error::conflict("ended", "This person's part in the cycle has ended."))
        }
        _ => Ok(()),
    }
}

pub fn update(
    tx: &mut Tx<'_>,
    mut participant: ParticipantRow,
    if_match: &IfMatch,
    patch: ParticipantPatch,
) -> Result<Participant> {
    if_match.demand(participant.version)?;
    not_ended(&participant, tx.now)?;
    if let Some(Some(ends_at)) = patch.ends_at.0
        && ends_at <= participant.starts_at
    {
        let detail = "Must lie after startsAt.";
        return Err(Error::inconsistent(vec![FieldError::new("/endsAt", "inconsistent", detail)]));
    }
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
    not_ended(&participant, tx.now)?;
    participant.ends_at = Some(tx.now);
    store::save(tx, &mut participant)?;
    let shown = store::shown(tx, participant)?;
    tx.note("ended", &shown);
    Ok(())
}
