//! Sessions of a learning set: planned, held, and what takes place there. The open actions are reviewed one by one
//! (`reviews`), questions are put (`questions`), notes are made for all or for those present (`notes`), and one reflection
//! is made together (`reflections`).

pub mod api;
pub mod notes;
pub mod questions;
pub mod reviews;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::db::types::Json;
use crate::error::Result;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{self, all_found, dangling_entries};
use crate::record::{self, Created};
use crate::transitions::{self, Move};
pub use store::OneSession;
use types::{Session, SessionCreate, SessionPatch, SessionState, SessionTransition};

/// Plans a session of a network, or of one of its cycles that goes on.
pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    body: &SessionCreate,
) -> Result<Created<Session>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    if let Some(cycle_id) = body.cycle_id {
        store::cycle(tx, network_id, cycle_id)?.takes_records()?;
    }
    let session = Session {
        id: body.id.unwrap_or_default(),
        network_id,
        cycle_id: body.cycle_id,
        title: body.title.as_deref().map(Into::into),
        starts_at: body.starts_at,
        ends_at: body.ends_at,
        place: body.place.as_deref().map(Into::into),
        agenda: body.agenda.as_deref().map(Into::into),
        state: SessionState::Planned,
        state_reason: None,
        present_ids: Json(Vec::new()),
        created_by: person_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &session)?;
    tx.note("created", &session);
    Ok(Created::fresh(session))
}

/// Changes the plan, or corrects who was present.
pub fn update(
    tx: &mut Tx<'_>,
    mut session: Session,
    if_match: &IfMatch,
    patch: SessionPatch,
) -> Result<Session> {
    if_match.demand(session.version)?;
    let listed = session.present_ids.to_vec();
    rules::amend(&mut session, patch)?;
    people_stand(tx, &session, &listed)?;
    store::save(tx, &mut session)?;
    if *session.present_ids != listed {
        store::link(tx, &session)?;
    }
    tx.note("updated", &session);
    Ok(session)
}

/// Tells that a session is held, with who is present, or that it is cancelled.
pub fn transition(
    tx: &mut Tx<'_>,
    mut session: Session,
    person_id: Id,
    if_match: &IfMatch,
    body: &SessionTransition,
) -> Result<Session> {
    let digest = tx.digest(body.id, session.id, body)?;
    if transitions::was_made(tx, body.id, session.id, &digest)? {
        return Ok(session);
    }
    if_match.honour(session.version)?;
    let from = rules::transition(&mut session, body)?;
    people_stand(tx, &session, &[])?;
    store::save(tx, &mut session)?;
    store::link(tx, &session)?;
    let made = Move {
        id: body.id,
        from: from.into(),
        to: body.to.into(),
        reason: body.reason.as_deref(),
        happened_at: body.happened_at,
        digest,
    };
    transitions::record(tx, &session, person_id, made)?;
    tx.note(<&str>::from(body.to), &session);
    Ok(session)
}

/// 409 with a pointer for each person present who is neither a member of the network nor a participant of the session's
/// cycle. Who is `listed` already was one when they were put on the list.
fn people_stand(tx: &mut Tx<'_>, session: &Session, listed: &[Id]) -> Result<()> {
    let mut known = listed.to_vec();
    if session.present_ids.iter().any(|person| !listed.contains(person)) {
        let cycle_id = session.cycle_id.unwrap_or(Id::NIL);
        known.extend(practice::people_in_cycle(tx, session.network_id, cycle_id, &session.present_ids)?);
    }
    let mut faults = Vec::new();
    dangling_entries("presentIds", &session.present_ids, &known, &mut faults);
    all_found(faults)
}

/// 409 where nothing can be added to a session: before it is held, and when the cycle that it is of is over. Of late
/// records a cycle takes observations alone.
fn takes_records(tx: &mut Tx<'_>, session: &Session) -> Result<()> {
    rules::took_place(session)?;
    match session.cycle_id {
        Some(cycle_id) => store::cycle(tx, session.network_id, cycle_id)?.takes_records(),
        None => Ok(()),
    }
}

/// A session by its id, wherever it lies.
pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<Session>> {
    Ok(store::find(tx, id)?)
}

/// The session that a reflection in this cycle can be the joint one of, as the caller sees it: one of the same cycle, or
/// of the network as a whole, which its members alone see.
pub fn joined(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id, session_id: Id) -> Result<Option<Session>> {
    let found = store::find(tx, session_id)?.filter(|session| session.network_id == network_id);
    let Some(session) = found else { return Ok(None) };
    let seen = match session.cycle_id {
        Some(of_cycle) => of_cycle == cycle_id,
        None => {
            let place = store::place(network_id, None);
            tx.standing_at(&place)?.sees(&place)
        }
    };
    Ok(seen.then_some(session))
}
