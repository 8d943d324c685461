//! How the caller stands towards a place.

use super::access_query::{
    Asked, ByKey, BySession, BySubject, Emergency, KeyRow, NetworksInSight, Row, WithStanding,
};
use super::actor::{Actor, Credential};
use super::api_key::PresentedKey;
use super::lineage;
use super::locate::{Looked, Place};
use super::op::Op;
use super::policy::{self, Role};
use super::terms::{member_at, participant_at};
use super::tx::Tx;
use crate::clock::Instant;
use crate::co_networks::types::CoNetworkState;
use crate::db::schema::{co_networks, members, networks, participants};
use crate::error::Result;
use crate::ids::Id;
use crate::insights::types::Audience;
use crate::natively;
use crate::networks::types::NetworkState;
use diesel::prelude::*;

/// What an actor is at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub person_id: Id,
    pub admin: bool,
    /// Coordinates some network; asked only where no network is in question.
    pub coordinates: bool,
    pub member: Option<Role>,
    pub participant: Option<Role>,
    /// What they are in networks that share the cycle; asked only where they may not do it as the above.
    pub joint: Vec<(Id, Role)>,
    /// The network takes no changes any more.
    pub archived: bool,
    /// Is a member of a network above or below the place's; asked only where that decides.
    pub kin: bool,
    /// The emergency access under which an administrator who is no member reads as one with the role `reader`.
    pub emergency_access_id: Option<Id>,
    /// The API key that the integration uses.
    pub key: Option<KeyInUse>,
}

/// An API key that is good today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyInUse {
    pub id: Id,
    /// The one network of which it is told anything.
    pub network_id: Id,
    /// The operations that it was given, by name.
    pub operations: Vec<String>,
    pub expires_at: Option<Instant>,
    pub created_by: Id,
}

impl Standing {
    pub fn has(&self, role: Role) -> bool {
        self.has_at_home(role) || self.joint.iter().any(|(_, joint)| *joint == role)
    }

    /// Has the role in the cycle's own network, or as a participant.
    pub fn has_at_home(&self, role: Role) -> bool {
        self.member == Some(role) || self.participant == Some(role)
    }

    /// The one network of which an API key is told anything; none for people.
    pub fn confined_to(&self) -> Option<Id> {
        self.key.as_ref().map(|key| key.network_id)
    }

    /// Whether they see it and may do this there.
    pub fn may(&self, op: Op, place: &Place) -> bool {
        self.sees(place) && policy::allows(op, self, place)
    }

    /// Members see their network, participants and members of co-networks their cycle, authors what is theirs alone; and
    /// others what was shared with them. What is private is seen by those of them to whom it is shown. Administrators see what
    /// is kept for them. API keys see what lies in their own network, and what lies in none.
    pub fn sees(&self, place: &Place) -> bool {
        if let (Some(own), Some(network_id)) = (self.confined_to(), place.network_id)
            && own != network_id
        {
            return false;
        }
        let inside = match (place.network_id, place.cycle_id) {
            (None, _) => true,
            (Some(_), None) => self.member.is_some(),
            (Some(_), Some(_)) => {
                self.member.is_some() || self.participant.is_some() || !self.joint.is_empty()
            }
        };
        let reached = match place.shared {
            None | Some(Audience::Network) => false,
            Some(Audience::Lineage) => self.kin,
            Some(Audience::Commons) => true,
        };
        let shown = || place.author_id == Some(self.person_id) || place.shown_to.contains(&self.person_id);
        let administered = place.for_admins && self.admin;
        administered || (inside || reached) && (!place.private || shown())
    }
}

/// How the credential's person stands at a place. None where the session has ended, the key is good for nothing, or the
/// person may no longer sign in.
pub(super) fn standing(tx: &mut Tx<'_>, credential: &Credential, place: &Place) -> Result<Option<Standing>> {
    let asked = Asked {
        network_id: place.network_id.unwrap_or(Id::NIL),
        cycle_id: place.cycle_id.unwrap_or(Id::NIL),
        now: tx.now,
    };
    match credential {
        Credential::Session(Actor { person_id, session_id }) => {
            let query = BySession { session_id: *session_id, asked };
            let row: Option<(Row, Emergency)> = natively!(tx.conn(), c => query.get_result(c)).optional()?;
            row.filter(|(row, _)| row.0 == *person_id).map(|row| as_standing(tx, row, place)).transpose()
        }
        Credential::Subject(subject) => {
            let query = BySubject { issuer: &subject.issuer, subject: &subject.subject, asked };
            let row: Option<(Row, Emergency, Id)> =
                natively!(tx.conn(), c => query.get_result(c)).optional()?;
            let Some((row, emergency, identity_id)) = row else { return Ok(None) };
            tx.sighting.identify(identity_id);
            as_standing(tx, (row, emergency), place).map(Some)
        }
        Credential::Key(key) => of_key(tx, key, asked),
    }
}

/// An integration is a member of one network and nothing else.
fn of_key(tx: &mut Tx<'_>, key: &PresentedKey, asked: Asked) -> Result<Option<Standing>> {
    let query = ByKey { prefix: &key.prefix, asked };
    let rows: Vec<(Row, KeyRow)> = natively!(tx.conn(), c => query.load(c))?;
    let found = rows.into_iter().find(|(_, (_, _, hash, ..))| key.is(hash));
    let standing = |((person_id, _, member, _, archived), key): (Row, KeyRow)| {
        let (id, network_id, _, operations, expires_at, created_by) = key;
        Standing {
            person_id,
            admin: false,
            coordinates: false,
            member,
            participant: None,
            joint: Vec::new(),
            archived: archived == Some(true),
            kin: false,
            emergency_access_id: None,
            key: Some(KeyInUse { id, network_id, operations: operations.0, expires_at, created_by }),
        }
    };
    Ok(found.map(standing))
}

/// The same of what one query found together with the session: `placed` tells where that lies.
pub fn standing_found<R, F>(
    tx: &mut Tx<'_>,
    actor: Actor,
    row: QueryResult<WithStanding<R>>,
    placed: impl FnOnce(R) -> (F, Place),
) -> Result<Option<Looked<F>>> {
    let Some((row, emergency, found)) = row.optional()?.filter(|(row, ..)| row.0 == actor.person_id) else {
        return Ok(None);
    };
    let located = found.map(placed);
    let place = located.as_ref().map(|(_, place)| place.clone()).unwrap_or_default();
    Ok(Some((as_standing(tx, (row, emergency), &place)?, located)))
}

fn as_standing(tx: &mut Tx<'_>, (row, emergency): (Row, Emergency), place: &Place) -> Result<Standing> {
    let (person_id, admin, member, participant, archived) = row;
    // Who is a member needs none.
    let emergency_access_id = emergency.filter(|_| member.is_none());
    let member = member.or(emergency_access_id.map(|_| Role::Reader));
    let coordinates = place.network_id.is_none() && coordinates_somewhere(tx, person_id)?;
    let kin = match (place.network_id, place.shared) {
        (Some(network_id), Some(Audience::Lineage)) if member.is_none() => {
            lineage::holds(tx, network_id, person_id)?
        }
        _ => false,
    };
    Ok(Standing {
        person_id,
        admin,
        coordinates,
        member,
        participant,
        joint: Vec::new(),
        archived: archived == Some(true),
        kin,
        emergency_access_id,
        key: None,
    })
}

/// What somebody is in the networks that share a cycle, and in the co-network that the record is about. An archived
/// network reads on.
pub(super) fn joint_roles(tx: &mut Tx<'_>, person_id: Id, place: &Place) -> QueryResult<Vec<(Id, Role)>> {
    let now = tx.now;
    let sharing = co_networks::table
        .filter(co_networks::network_id.eq(place.network_id.unwrap_or(Id::NIL)))
        .filter(co_networks::cycle_id.eq(place.cycle_id.unwrap_or(Id::NIL)))
        .filter(co_networks::state.eq(CoNetworkState::Accepted))
        .select(co_networks::co_network_id);
    let about = place.co_network_id.unwrap_or(Id::NIL);
    let rows: Vec<(Id, Role, NetworkState)> = members::table
        .inner_join(networks::table.on(networks::id.eq(members::network_id)))
        .filter(members::person_id.eq(person_id))
        .filter(member_at(now))
        .filter(members::network_id.eq(about).or(members::network_id.eq_any(sharing)))
        .order(members::network_id)
        .select((members::network_id, members::role, networks::state))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(network_id, role, state)| (network_id, role_now(role, state))).collect())
}

/// What somebody's role in a network that shares a cycle comes to there.
pub(super) fn role_now(role: Role, state: NetworkState) -> Role {
    match state {
        NetworkState::Active => role,
        NetworkState::Archived => Role::Reader,
    }
}

/// Where somebody may look now: what [`Standing::sees`] says of one place, for all places at once.
#[derive(Clone, Debug, Default)]
pub struct Sight {
    /// Networks they are a member of, or read under an emergency access.
    pub networks: Vec<Id>,
    /// Cycles of other networks that they see, as a participant or as a member of a co-network.
    pub cycles: Vec<Id>,
    /// The network of each of these cycles.
    pub homes: Vec<Id>,
}

/// The networks that somebody is a member of today.
pub(super) fn networks_of(tx: &mut Tx<'_>, person_id: Id) -> QueryResult<Vec<Id>> {
    let now = tx.now;
    members::table
        .filter(members::person_id.eq(person_id))
        .filter(member_at(now))
        .select(members::network_id)
        .load(tx.conn())
}

/// Where a network and the emergency access are, under which it is seen.
pub(super) type Emergencies = Vec<(Id, Id)>;

pub(super) fn sight(tx: &mut Tx<'_>, person_id: Id) -> QueryResult<(Sight, Emergencies)> {
    let now = tx.now;
    let query = NetworksInSight { person_id, now };
    let rows: Vec<(Id, Emergency)> = natively!(tx.conn(), c => query.load(c))?;
    let mut networks: Vec<Id> = Vec::with_capacity(rows.len());
    let mut emergencies = Emergencies::new();
    for (network_id, emergency) in rows {
        match emergency {
            None => networks.push(network_id),
            Some(id) if !networks.contains(&network_id) => emergencies.push((network_id, id)),
            Some(_) => {}
        }
    }
    let mut cycles: Vec<(Id, Id)> = participants::table
        .filter(participants::person_id.eq(person_id))
        .filter(participant_at(now))
        .select((participants::network_id, participants::cycle_id))
        .load(tx.conn())?;
    let joint: Vec<(Id, Id)> = co_networks::table
        .filter(co_networks::co_network_id.eq_any(&networks))
        .filter(co_networks::state.eq(CoNetworkState::Accepted))
        .select((co_networks::network_id, co_networks::cycle_id))
        .load(tx.conn())?;
    cycles.extend(joint);
    let (homes, cycles) = cycles.into_iter().unzip();
    networks.extend(emergencies.iter().map(|(network_id, _)| *network_id));
    Ok((Sight { networks, cycles, homes }, emergencies))
}

fn coordinates_somewhere(tx: &mut Tx<'_>, person_id: Id) -> QueryResult<bool> {
    let now = tx.now;
    let held = members::table
        .filter(members::person_id.eq(person_id))
        .filter(members::role.eq(Role::Coordinator))
        .filter(member_at(now));
    diesel::select(diesel::dsl::exists(held)).get_result(tx.conn())
}
