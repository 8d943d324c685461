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
use types::{Participant, ParticipantCreate, ParticipantPatch, ParticipantRow};

/// Lets somebody take part; who took part before gets that back, reopened.
pub fn create(tx: &mut Tx<'_>, cycle: &CycleState, body: &ParticipantCreate) -> Result<Created<Participant>> {
    let digest = tx.digest(cycle.id, body)?;
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
    match store::of_person(tx, cycle, body.person_id)? {
        None => {
            store::insert(tx, &participant)?;
            let shown = store::shown(tx, participant)?;
            tx.note("created", &shown);
            Ok(Created::fresh(shown))
        }
        Some(former) if former.ends_at.is_some_and(|end| end <= tx.now) => {
            let (role, starts_at, ends_at) = (participant.role, participant.starts_at, participant.ends_at);
            let mut again = ParticipantRow { role, starts_at, ends_at, ..former };
            store::save(tx, &mut again)?;
            let shown = store::shown(tx, again)?;
            tx.note("reopened", &shown);
            Ok(Created::fresh(shown))
        }
        Some(_) => {
            Err(Error::conflict("already_participant", "This person takes part in the cycle already."))
        }
    }
}

pub fn update(
    tx: &mut Tx<'_>,
    mut participant: ParticipantRow,
    if_match: &IfMatch,
    patch: ParticipantPatch,
) -> Result<Participant> {
    if_match.demand(participant.version)?;
    if let Some(Some(ends_at)) = patch.ends_at.0
        && ends_at <= participant.starts_at
    {
        let detail = "Must lie after startsAt.";
        return Err(Error::invalid_body(vec![FieldError::new("/endsAt", "inconsistent", detail)]));
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
    if participant.ends_at.is_some_and(|end| end <= tx.now) {
        return Err(Error::conflict("ended", "This person's part in the cycle has ended already."));
    }
    participant.ends_at = Some(tx.now);
    store::save(tx, &mut participant)?;
    let shown = store::shown(tx, participant)?;
    tx.note("ended", &shown);
    Ok(())
}
