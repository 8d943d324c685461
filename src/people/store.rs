//! People in the database, and who may see whom.

use super::types::{MyCycle, MyNetwork, PersonKind, PersonRow};
use crate::access::{Locate, Place, Role, Tx, member_at, participant_at};
use crate::co_networks::types::CoNetworkState;
use crate::db::schema::{co_networks, cycles, members, networks, participants, people};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use diesel::prelude::*;

crate::record_store!(people, PersonRow);

/// A person by their id; who may see them is asked by the work itself.
#[derive(Clone)]
pub struct OnePerson(pub Id);

impl Locate for OnePerson {
    type Found = PersonRow;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(PersonRow, Place)>> {
        Ok(find(tx, self.0)?.map(|row| (row, Place::default())))
    }
}

/// A person whom the caller may see, by their id.
#[derive(Clone)]
pub struct SeenPerson(pub Id);

impl Locate for SeenPerson {
    type Found = PersonRow;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(PersonRow, Place)>> {
        let caller = tx.standing_at(&Place::default())?;
        let found = visible(tx, caller.person_id, caller.admin, None, Some(self.0), None)?.pop();
        Ok(found.map(|row| (row, Place::default())))
    }
}

pub fn by_email(tx: &mut Tx<'_>, email_key: &str) -> QueryResult<Option<PersonRow>> {
    people::table.filter(people::email_key.eq(email_key.to_owned())).get_result(tx.conn()).optional()
}

/// Networks in which somebody takes part today, as a member or as a participant of a cycle, and those that share a cycle
/// with one of these.
fn shared_networks(tx: &mut Tx<'_>, person_id: Id) -> QueryResult<Vec<Id>> {
    let now = tx.now;
    let mut networks: Vec<Id> = members::table
        .filter(members::person_id.eq(person_id))
        .filter(member_at(now))
        .select(members::network_id)
        .load(tx.conn())?;
    let guest_in: Vec<Id> = participants::table
        .filter(participants::person_id.eq(person_id))
        .filter(participant_at(now))
        .select(participants::network_id)
        .load(tx.conn())?;
    networks.extend(guest_in);
    let sharing = joined(tx, &networks)?;
    networks.extend(sharing);
    Ok(networks)
}

/// The other side of the joint cycles of some networks.
fn joined(tx: &mut Tx<'_>, mine: &[Id]) -> QueryResult<Vec<Id>> {
    let pairs: Vec<(Id, Id)> = co_networks::table
        .filter(co_networks::state.eq(CoNetworkState::Accepted))
        .filter(co_networks::network_id.eq_any(mine).or(co_networks::co_network_id.eq_any(mine)))
        .select((co_networks::network_id, co_networks::co_network_id))
        .load(tx.conn())?;
    Ok(pairs.into_iter().flat_map(|(home, beside)| [home, beside]).collect())
}

/// People whom the viewer may see: oneself, those they share a network with, and everyone to administrators. With
/// `only`, whether that one is among them; those of one kind alone if it is named.
pub fn visible(
    tx: &mut Tx<'_>,
    viewer_id: Id,
    admin: bool,
    kind: Option<PersonKind>,
    only: Option<Id>,
    page: Option<&Page>,
) -> QueryResult<Vec<PersonRow>> {
    let mut query = people::table.order((people::created_at.desc(), people::id.desc())).into_boxed();
    if !admin {
        let shared = shared_networks(tx, viewer_id)?;
        let fellow_members =
            members::table.filter(members::network_id.eq_any(shared.clone())).select(members::person_id);
        let guests = participants::table
            .filter(participants::network_id.eq_any(shared))
            .select(participants::person_id);
        query = query.filter(
            people::id.eq(viewer_id).or(people::id.eq_any(fellow_members)).or(people::id.eq_any(guests)),
        );
    }
    if let Some(kind) = kind {
        query = query.filter(people::kind.eq(kind));
    }
    if let Some(id) = only {
        query = query.filter(people::id.eq(id));
    }
    if let Some(page) = page {
        query = query.limit(page.fetch());
        if let Some((at, id)) = page.after {
            query = query
                .filter(people::created_at.le(at))
                .filter(people::created_at.lt(at).or(people::id.lt(id)));
        }
    }
    query.load(tx.conn())
}

/// Those of `ids` whose e-mail address a coordinator of one of their networks may read.
pub fn coordinated(tx: &mut Tx<'_>, viewer_id: Id, ids: &[Id]) -> QueryResult<Vec<Id>> {
    let now = tx.now;
    let mine = members::table
        .filter(members::person_id.eq(viewer_id))
        .filter(members::role.eq(Role::Coordinator))
        .filter(member_at(now))
        .select(members::network_id)
        .load::<Id>(tx.conn())?;
    if mine.is_empty() {
        return Ok(Vec::new());
    }
    members::table
        .filter(members::network_id.eq_any(mine))
        .filter(members::person_id.eq_any(ids))
        .select(members::person_id)
        .load(tx.conn())
}

pub fn my_networks(tx: &mut Tx<'_>, person_id: Id) -> QueryResult<Vec<MyNetwork>> {
    let now = tx.now;
    let rows: Vec<(Id, String, Role)> = members::table
        .inner_join(networks::table.on(networks::id.eq(members::network_id)))
        .filter(members::person_id.eq(person_id))
        .filter(member_at(now))
        .order((networks::name, networks::id))
        .select((networks::id, networks::name, members::role))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(network_id, name, role)| MyNetwork { network_id, name, role }).collect())
}

pub fn my_cycles(tx: &mut Tx<'_>, person_id: Id) -> QueryResult<Vec<MyCycle>> {
    let now = tx.now;
    let same_cycle =
        cycles::network_id.eq(participants::network_id).and(cycles::id.eq(participants::cycle_id));
    let rows: Vec<(Id, Id, String, Role)> = participants::table
        .inner_join(cycles::table.on(same_cycle))
        .filter(participants::person_id.eq(person_id))
        .filter(participant_at(now))
        .order((cycles::created_at.desc(), cycles::id))
        .select((cycles::id, cycles::network_id, cycles::learning_question, participants::role))
        .load(tx.conn())?;
    let cycle = |(cycle_id, network_id, learning_question, role)| MyCycle {
        cycle_id,
        network_id,
        learning_question,
        role,
        co_network_id: None,
    };
    let mut cycles: Vec<MyCycle> = rows.into_iter().map(cycle).collect();
    cycles.extend(my_joint_cycles(tx, person_id)?);
    Ok(cycles)
}

/// Cycles of other networks that somebody takes part in as a member of a co-network.
fn my_joint_cycles(tx: &mut Tx<'_>, person_id: Id) -> QueryResult<Vec<MyCycle>> {
    let now = tx.now;
    let same_cycle = cycles::network_id.eq(co_networks::network_id).and(cycles::id.eq(co_networks::cycle_id));
    let rows: Vec<(Id, Id, String, Role, Id)> = members::table
        .inner_join(co_networks::table.on(co_networks::co_network_id.eq(members::network_id)))
        .inner_join(cycles::table.on(same_cycle))
        .filter(members::person_id.eq(person_id))
        .filter(member_at(now))
        .filter(co_networks::state.eq(CoNetworkState::Accepted))
        .order((cycles::created_at.desc(), cycles::id, members::network_id))
        .select((
            cycles::id,
            cycles::network_id,
            cycles::learning_question,
            members::role,
            co_networks::co_network_id,
        ))
        .load(tx.conn())?;
    let cycle = |(cycle_id, network_id, learning_question, role, co_network_id)| MyCycle {
        cycle_id,
        network_id,
        learning_question,
        role,
        co_network_id: Some(co_network_id),
    };
    Ok(rows.into_iter().map(cycle).collect())
}
