//! Sessions in the database.

use super::types::{Session, SessionState};
use crate::access::{InCycle, Locate, Place, Tx};
use crate::cycles::rules::CycleState;
use crate::db::schema::{session_people, sessions};
use crate::error::{Error, Result};
use crate::http::page::Page;
use crate::ids::Id;
use crate::natively;
use crate::newest_first;
use crate::practice::dangling;
use diesel::prelude::*;

crate::record_store!(sessions, Session);

/// A session by its id.
#[derive(Clone)]
pub struct OneSession(pub Id);

impl Locate for OneSession {
    type Found = Session;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Session, Place)>> {
        Ok(find(tx, self.0)?.map(|session| {
            let place = place(session.network_id, session.cycle_id);
            (session, place)
        }))
    }
}

/// Where a session lies, and all that hangs on it.
pub fn place(network_id: Id, cycle_id: Option<Id>) -> Place {
    match cycle_id {
        Some(cycle_id) => Place::cycle(network_id, cycle_id),
        None => Place::network(network_id),
    }
}

/// Sessions of a network, or of one of its cycles; those that begin last come first.
pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle_id: Option<Id>,
    state: Option<SessionState>,
    page: &Page,
) -> QueryResult<Vec<Session>> {
    let mut query = newest_first!(
        sessions::table.filter(sessions::network_id.eq(network_id)),
        page,
        sessions::starts_at,
        sessions::id
    );
    if let Some(cycle_id) = cycle_id {
        query = query.filter(sessions::cycle_id.eq(cycle_id));
    }
    if let Some(state) = state {
        query = query.filter(sessions::state.eq(state));
    }
    query.load(tx.conn())
}

/// Writes the link rows of those present, instead of the ones that stood.
pub fn link(tx: &mut Tx<'_>, session: &Session) -> QueryResult<()> {
    let standing = session_people::table
        .filter(session_people::network_id.eq(session.network_id))
        .filter(session_people::session_id.eq(session.id));
    diesel::delete(standing).execute(tx.conn())?;
    let row = |person_id| {
        (
            session_people::network_id.eq(session.network_id),
            session_people::session_id.eq(session.id),
            session_people::person_id.eq(person_id),
        )
    };
    let rows: Vec<_> = session.present_ids.iter().map(row).collect();
    natively!(tx.conn(), c => diesel::insert_into(session_people::table).values(&rows).execute(c)).map(drop)
}

/// A cycle of the network, for a session to be of.
pub fn cycle(tx: &mut Tx<'_>, network_id: Id, id: Id) -> Result<CycleState> {
    match InCycle(id).locate(tx)? {
        Some((cycle, _)) if cycle.network_id == network_id => Ok(cycle),
        _ => Err(Error::dangling(vec![dangling("cycleId", id)])),
    }
}
