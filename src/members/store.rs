//! Memberships in the database.

use super::types::{Member, MemberRow};
use crate::access::{Locate, Place, Role, Tx};
use crate::actions::types::ActionState;
use crate::db::schema::{actions, evaluations, members, networks, people};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::loops::OpenAction;
use crate::networks::types::NetworkState;
use crate::newest_first;
use crate::people::types::PersonKind;
use crate::practice::RecordState;
use diesel::prelude::*;

crate::record_store!(members, MemberRow);

/// A membership by its id.
#[derive(Clone)]
pub struct OneMember(pub Id);

impl Locate for OneMember {
    type Found = MemberRow;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(MemberRow, Place)>> {
        Ok(find(tx, self.0)?.map(|member| {
            let place = Place::network(member.network_id).by(member.person_id);
            (member, place)
        }))
    }
}

/// As sent, with the person's name.
pub fn shown(tx: &mut Tx<'_>, member: MemberRow) -> QueryResult<Member> {
    let (name, kind) = people::table
        .filter(people::id.eq(member.person_id))
        .select((people::display_name, people::kind))
        .get_result(tx.conn())?;
    Ok(member.shown(name, kind))
}

pub fn list(tx: &mut Tx<'_>, network_id: Id, page: &Page) -> QueryResult<Vec<Member>> {
    let query = newest_first!(
        members::table
            .inner_join(people::table.on(people::id.eq(members::person_id)))
            .filter(members::network_id.eq(network_id))
            .select((members::all_columns, (people::display_name, people::kind))),
        page,
        members::created_at,
        members::id
    );
    let rows: Vec<(MemberRow, (String, PersonKind))> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|(member, (name, kind))| member.shown(name, kind)).collect())
}

/// Somebody's membership that has not ended: one at most, which the work under the network's row sees to.
pub fn of_person(tx: &mut Tx<'_>, network_id: Id, person_id: Id) -> QueryResult<Option<MemberRow>> {
    let now = tx.now;
    members::table
        .filter(members::network_id.eq(network_id))
        .filter(members::person_id.eq(person_id))
        .filter(members::ends_at.is_null().or(members::ends_at.gt(now)))
        .get_result(tx.conn())
        .optional()
}

/// The longest-serving coordinator besides somebody, whose membership has no end.
pub fn other_coordinator(tx: &mut Tx<'_>, network_id: Id, person_id: Id) -> QueryResult<Option<Id>> {
    let now = tx.now;
    let others: Vec<Id> = members::table
        .filter(members::network_id.eq(network_id))
        .filter(members::person_id.ne(person_id))
        .filter(members::role.eq(Role::Coordinator))
        .filter(members::starts_at.le(now))
        .filter(members::ends_at.is_null())
        .order((members::starts_at, members::id))
        .select(members::person_id)
        .load(tx.conn())?;
    Ok(others.first().copied())
}

/// People who own open actions in a network where they were members and are no longer, by network. Archived networks
/// take no changes and are left out. With `only`, whether that one is among them.
pub fn ended_owners(tx: &mut Tx<'_>, only: Option<(Id, Id)>) -> QueryResult<Vec<(Id, Id)>> {
    let now = tx.now;
    let seats = diesel::alias!(members as seats);
    let owned = actions::network_id.eq(members::network_id).and(actions::owner_id.eq(members::person_id));
    let back = seats
        .filter(seats.field(members::network_id).eq(members::network_id))
        .filter(seats.field(members::person_id).eq(members::person_id))
        .filter(seats.field(members::ends_at).is_null().or(seats.field(members::ends_at).gt(now)));
    let mut query = members::table
        .inner_join(actions::table.on(owned))
        .inner_join(networks::table.on(networks::id.eq(members::network_id)))
        .filter(members::ends_at.le(now))
        .filter(networks::state.eq(NetworkState::Active))
        .filter(diesel::dsl::not(diesel::dsl::exists(back)))
        .filter(actions::state.eq_any(UNFINISHED))
        .filter(diesel::dsl::not(diesel::dsl::exists(evaluations_of_the_action())))
        .select((members::network_id, members::person_id))
        .distinct()
        .into_boxed();
    if let Some((network_id, person_id)) = only {
        query = query.filter(members::network_id.eq(network_id)).filter(members::person_id.eq(person_id));
    }
    query.load(tx.conn())
}

/// States in which an action waits for its evaluation, unless it has one.
const UNFINISHED: [ActionState; 3] = [ActionState::Planned, ActionState::Doing, ActionState::Done];

/// Within a query on actions: the evaluations that stand.
#[diesel::dsl::auto_type(no_type_alias)]
fn evaluations_of_the_action() -> _ {
    let same = evaluations::network_id.eq(actions::network_id).and(evaluations::action_id.eq(actions::id));
    let current: RecordState = RecordState::Current;
    evaluations::table.filter(same).filter(evaluations::state.eq(current))
}

/// Gives the open actions of one person to another, and tells which.
pub fn hand_over(tx: &mut Tx<'_>, network_id: Id, from: Id, to: Id) -> QueryResult<Vec<OpenAction>> {
    let now = tx.now;
    let open: Vec<(Id, Id, i32)> = actions::table
        .filter(actions::network_id.eq(network_id))
        .filter(actions::owner_id.eq(from))
        .filter(actions::state.eq_any(UNFINISHED))
        .filter(diesel::dsl::not(diesel::dsl::exists(evaluations_of_the_action())))
        .order(actions::id)
        .select((actions::id, actions::cycle_id, actions::version))
        .load(tx.conn())?;
    let ids: Vec<Id> = open.iter().map(|(id, ..)| *id).collect();
    diesel::update(actions::table.filter(actions::network_id.eq(network_id)).filter(actions::id.eq_any(ids)))
        .set((
            actions::owner_id.eq(to),
            actions::version.eq(actions::version + 1),
            actions::updated_at.eq(now),
        ))
        .execute(tx.conn())?;
    let handed = |(id, cycle_id, version)| OpenAction { network_id, id, cycle_id, version: version + 1 };
    Ok(open.into_iter().map(handed).collect())
}
