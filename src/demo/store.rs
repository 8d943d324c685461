//! What the demo has to know of the database before it writes.

use crate::access::{Role, Tx, member_at};
use crate::cycles::types::Phase;
use crate::db::schema::{cycles, members, networks, observations, pseudonyms};
use crate::ids::Id;
use crate::networks::types::NetworkState;
use diesel::prelude::*;

pub fn network_stands(tx: &mut Tx<'_>, id: Id) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(networks::table.filter(networks::id.eq(id)))).get_result(tx.conn())
}

pub fn observation_stands(tx: &mut Tx<'_>, id: Id) -> QueryResult<bool> {
    let those = observations::table.filter(observations::id.eq(id));
    diesel::select(diesel::dsl::exists(those)).get_result(tx.conn())
}

pub fn pseudonym_stands(tx: &mut Tx<'_>, id: Id) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(pseudonyms::table.filter(pseudonyms::id.eq(id)))).get_result(tx.conn())
}

/// Cycles, with their network, that still take records and in whose network a person may write; the newest first.
pub fn writable_cycles(tx: &mut Tx<'_>, person_id: Id) -> QueryResult<Vec<(Id, Id)>> {
    let now = tx.now;
    cycles::table
        .inner_join(members::table.on(members::network_id.eq(cycles::network_id)))
        .inner_join(networks::table.on(networks::id.eq(cycles::network_id)))
        .filter(members::person_id.eq(person_id))
        .filter(members::role.ne(Role::Reader))
        .filter(member_at(now))
        .filter(networks::state.eq(NetworkState::Active))
        .filter(cycles::phase.ne_all([Phase::Closed, Phase::Abandoned]))
        .order((cycles::created_at.desc(), cycles::id.desc()))
        .select((cycles::id, cycles::network_id))
        .load(tx.conn())
}
