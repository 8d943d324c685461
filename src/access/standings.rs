//! How people stand at places without having asked anything: who may do something to a record, and where somebody may
//! do something at all. What [`standing`](super::standing) finds for the one who asks, for many at once.

use super::locate::Place;
use super::policy::Role;
use super::standing::{Standing, role_now};
use super::terms::{member_at, participant_at};
use super::tx::Tx;
use crate::co_networks::types::CoNetworkState;
use crate::db::schema::{co_networks, members, networks, participants};
use crate::ids::Id;
use crate::networks::types::NetworkState;
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What some people are at some places.
#[derive(Debug, Default)]
pub struct Standings {
    /// By network and person.
    members: HashMap<(Id, Id), Role>,
    /// By cycle and person.
    participants: HashMap<(Id, Id), Role>,
    /// By cycle and person: what they are in the networks that share the cycle.
    joint: HashMap<(Id, Id), Vec<(Id, Role)>>,
    archived: HashSet<Id>,
}

impl Standings {
    /// How somebody stands at one of the places. Whether they may sign in at all is not told.
    pub fn of(&self, person_id: Id, place: &Place) -> Standing {
        let in_network = place.network_id.and_then(|id| self.members.get(&(id, person_id)));
        let in_cycle = place.cycle_id.map(|id| (id, person_id));
        Standing {
            person_id,
            admin: false,
            coordinates: false,
            member: in_network.copied(),
            participant: in_cycle.and_then(|key| self.participants.get(&key)).copied(),
            joint: in_cycle.and_then(|key| self.joint.get(&key)).cloned().unwrap_or_default(),
            archived: place.network_id.is_some_and(|id| self.archived.contains(&id)),
            kin: false,
            emergency_access_id: None,
            key: None,
        }
    }

    pub fn is_archived(&self, network_id: Id) -> bool {
        self.archived.contains(&network_id)
    }
}

impl Tx<'_> {
    /// What these people are at these places now: a few queries, however many there are.
    pub fn standings(&mut self, people: &[Id], places: &[Place]) -> QueryResult<Standings> {
        let now = self.now;
        let networks: HashSet<Id> = places.iter().filter_map(|place| place.network_id).collect();
        let cycles: HashSet<Id> = places.iter().filter_map(|place| place.cycle_id).collect();
        let archived: Vec<Id> = networks::table
            .filter(networks::id.eq_any(&networks))
            .filter(networks::state.eq(NetworkState::Archived))
            .select(networks::id)
            .load(self.conn())?;
        let mut standings = Standings { archived: archived.into_iter().collect(), ..Standings::default() };
        if people.is_empty() {
            return Ok(standings);
        }
        let rows: Vec<(Id, Id, Role)> = members::table
            .filter(members::network_id.eq_any(&networks))
            .filter(members::person_id.eq_any(people))
            .filter(member_at(now))
            .select((members::network_id, members::person_id, members::role))
            .load(self.conn())?;
        standings.members =
            rows.into_iter().map(|(network, person, role)| ((network, person), role)).collect();
        let rows: Vec<(Id, Id, Role)> = participants::table
            .filter(participants::network_id.eq_any(&networks))
            .filter(participants::cycle_id.eq_any(&cycles))
            .filter(participants::person_id.eq_any(people))
            .filter(participant_at(now))
            .select((participants::cycle_id, participants::person_id, participants::role))
            .load(self.conn())?;
        standings.participants =
            rows.into_iter().map(|(cycle, person, role)| ((cycle, person), role)).collect();
        let rows: Vec<(Id, Id, Id, Role, NetworkState)> = co_networks::table
            .inner_join(members::table.on(members::network_id.eq(co_networks::co_network_id)))
            .inner_join(networks::table.on(networks::id.eq(co_networks::co_network_id)))
            .filter(co_networks::network_id.eq_any(&networks))
            .filter(co_networks::cycle_id.eq_any(&cycles))
            .filter(co_networks::state.eq(CoNetworkState::Accepted))
            .filter(members::person_id.eq_any(people))
            .filter(member_at(now))
            .select((
                co_networks::cycle_id,
                members::person_id,
                co_networks::co_network_id,
                members::role,
                networks::state,
            ))
            .load(self.conn())?;
        for (cycle, person, network, role, state) in rows {
            standings.joint.entry((cycle, person)).or_default().push((network, role_now(role, state)));
        }
        Ok(standings)
    }

    /// Where somebody has a role now, and how they stand there: the networks they are a member of, and the cycles of
    /// others that they are a guest in or that a network of theirs shares. Without what is archived, where nothing can be
    /// done.
    pub fn places_of(&mut self, person_id: Id) -> QueryResult<Vec<(Place, Standing)>> {
        let now = self.now;
        let mut places: BTreeMap<(Id, Option<Id>), Place> = BTreeMap::new();
        let networks: Vec<Id> = self.networks_of(person_id)?;
        for id in &networks {
            places.insert((*id, None), Place::network(*id));
        }
        let mut cycles: Vec<(Id, Id)> = participants::table
            .filter(participants::person_id.eq(person_id))
            .filter(participant_at(now))
            .select((participants::network_id, participants::cycle_id))
            .load(self.conn())?;
        let joint: Vec<(Id, Id)> = co_networks::table
            .filter(co_networks::co_network_id.eq_any(&networks))
            .filter(co_networks::state.eq(CoNetworkState::Accepted))
            .select((co_networks::network_id, co_networks::cycle_id))
            .load(self.conn())?;
        cycles.extend(joint);
        for (network_id, id) in cycles {
            places.insert((network_id, Some(id)), Place::cycle(network_id, id));
        }
        let places: Vec<Place> = places.into_values().collect();
        let standings = self.standings(&[person_id], &places)?;
        let stands = |place: Place| {
            let standing = standings.of(person_id, &place);
            (!standing.archived).then_some((place, standing))
        };
        Ok(places.into_iter().filter_map(stands).collect())
    }
}
