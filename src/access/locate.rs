//! Where a record lies, and how the caller stands towards that place.

use super::policy::Role;
use super::tx::Tx;
use crate::cycles::rules::CycleState;
use crate::db::schema::{auth_sessions, cycles, members, networks, participants, people};
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::natively;
use diesel::prelude::*;

/// Something a request addresses, which the guard finds before it asks the policy.
pub trait Locate: Clone + Send + 'static {
    /// What is found, for the work to go on with: it was read in the work's own transaction.
    type Found;

    /// Finds it and its place, whoever asks. None where nothing stands there.
    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Self::Found, Place)>>;
}

/// Where something lies and whose it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub network_id: Option<Id>,
    pub cycle_id: Option<Id>,
    pub author_id: Option<Id>,
    pub owner_id: Option<Id>,
    /// Visible to its author alone.
    pub private: bool,
}

impl Place {
    pub fn network(network_id: Id) -> Place {
        Place { network_id: Some(network_id), ..Place::default() }
    }

    pub fn cycle(network_id: Id, cycle_id: Id) -> Place {
        Place { network_id: Some(network_id), cycle_id: Some(cycle_id), ..Place::default() }
    }

    pub fn by(self, author_id: Id) -> Place {
        Place { author_id: Some(author_id), ..self }
    }
}

/// What an actor is at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub person_id: Id,
    pub admin: bool,
    /// Coordinates some network; asked only where no network is in question.
    pub coordinates: bool,
    pub member: Option<Role>,
    pub participant: Option<Role>,
    /// The network takes no changes any more.
    pub archived: bool,
}

impl Standing {
    pub fn has(&self, role: Role) -> bool {
        self.member == Some(role) || self.participant == Some(role)
    }

    /// Members see their network, participants their cycle, authors what is theirs alone.
    pub fn sees(&self, place: &Place) -> bool {
        let inside = match (place.network_id, place.cycle_id) {
            (None, _) => true,
            (Some(_), None) => self.member.is_some(),
            (Some(_), Some(_)) => self.member.is_some() || self.participant.is_some(),
        };
        inside && (!place.private || place.author_id == Some(self.person_id))
    }
}

/// A thing found, with its place and the caller's standing there.
#[derive(Clone, Debug)]
pub struct Seen<F> {
    pub found: F,
    pub place: Place,
    pub standing: Standing,
}

/// The one access query: the session, its person, and what that person is at the place. None where the session has
/// ended or the person may no longer sign in.
pub(super) fn standing(tx: &mut Tx<'_>, session_id: Id, place: &Place) -> Result<Option<Standing>> {
    let now = tx.now;
    let network_id = place.network_id.unwrap_or(Id::NIL);
    let cycle_id = place.cycle_id.unwrap_or(Id::NIL);
    let member = members::person_id
        .eq(people::id)
        .and(members::network_id.eq(network_id))
        .and(members::starts_at.le(now))
        .and(members::ends_at.is_null().or(members::ends_at.gt(now)));
    let participant = participants::person_id
        .eq(people::id)
        .and(participants::network_id.eq(network_id))
        .and(participants::cycle_id.eq(cycle_id))
        .and(participants::starts_at.le(now))
        .and(participants::ends_at.is_null().or(participants::ends_at.gt(now)));
    type Row = (Id, String, Option<Role>, Option<Role>, Option<String>);
    let row: Option<Row> = natively!(tx.conn(), c => auth_sessions::table
        .inner_join(people::table.on(people::id.eq(auth_sessions::person_id)))
        .left_join(members::table.on(member))
        .left_join(participants::table.on(participant))
        .left_join(networks::table.on(networks::id.eq(network_id)))
        .filter(auth_sessions::id.eq(session_id))
        .filter(auth_sessions::ended_at.is_null())
        .filter(auth_sessions::expires_at.gt(now))
        .filter(people::active.eq(true))
        .select((
            people::id,
            people::system_role,
            members::role.nullable(),
            participants::role.nullable(),
            networks::state.nullable(),
        ))
        .get_result(c))
    .optional()?;
    let Some((person_id, system_role, member, participant, network_state)) = row else { return Ok(None) };
    let coordinates = place.network_id.is_none() && coordinates_somewhere(tx, person_id)?;
    let archived = network_state.as_deref() == Some("archived");
    Ok(Some(Standing {
        person_id,
        admin: system_role == "admin",
        coordinates,
        member,
        participant,
        archived,
    }))
}

fn coordinates_somewhere(tx: &mut Tx<'_>, person_id: Id) -> QueryResult<bool> {
    let now = tx.now;
    let held = members::table
        .filter(members::person_id.eq(person_id))
        .filter(members::role.eq(Role::Coordinator))
        .filter(members::starts_at.le(now))
        .filter(members::ends_at.is_null().or(members::ends_at.gt(now)));
    diesel::select(diesel::dsl::exists(held)).get_result(tx.conn())
}

/// The server as a whole: what belongs to no network.
#[derive(Clone)]
pub struct Server;

impl Locate for Server {
    type Found = ();

    fn locate(&self, _: &mut Tx<'_>) -> Result<Option<((), Place)>> {
        Ok(Some(((), Place::default())))
    }
}

/// A network by its id. What is found is the id: most work needs no more.
#[derive(Clone)]
pub struct InNetwork(pub Id);

impl Locate for InNetwork {
    type Found = Id;

    fn locate(&self, _: &mut Tx<'_>) -> Result<Option<(Id, Place)>> {
        // Whether the network exists is told by the membership in it.
        Ok(Some((self.0, Place::network(self.0))))
    }
}

/// A cycle by its id, and what work inside of it has to know.
#[derive(Clone)]
pub struct InCycle(pub Id);

impl Locate for InCycle {
    type Found = CycleState;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Self::Found, Place)>> {
        let row = natively!(tx.conn(), c => cycles::table
            .filter(cycles::id.eq(self.0))
            .select((cycles::id, cycles::network_id, cycles::phase, cycles::closed_at))
            .get_result(c))
        .optional()?;
        Ok(row.map(|(id, network_id, phase, closed_at)| {
            (CycleState { id, network_id, phase, closed_at }, Place::cycle(network_id, id))
        }))
    }
}

/// 404: what is not there and what may not be seen look the same.
pub fn found<T>(thing: Option<T>) -> Result<T> {
    thing.ok_or(Error::NotFound)
}
