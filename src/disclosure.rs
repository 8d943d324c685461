//! What people say of themselves, and who else reads it. Such a record belongs to its person and to no network, and is
//! shown to fellow members as long as both are members: who leaves sees nothing more of those who stay, nor they of them.
//! Guests of a cycle and members of a network that shares one are no fellow members, and administrators see no more than
//! others do.

use crate::access::Tx;
use crate::clock::Instant;
use crate::co_networks::types::CoNetworkState;
use crate::db::schema::{co_networks, members, participants, retracted_ids};
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::natively;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

/// Who reads what a person says of themselves: `self` nobody else, `network` whoever is a member of a network of theirs
/// today, as long as they are one too.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Disclosure {
    #[default]
    #[serde(rename = "self")]
    #[strum(serialize = "self")]
    Oneself,
    Network,
}
crate::text_enum!(Disclosure);

/// The networks that somebody is a member of today.
pub fn networks_of(tx: &mut Tx<'_>, person_id: Id) -> QueryResult<Vec<Id>> {
    let now = tx.now;
    members::table
        .filter(members::person_id.eq(person_id))
        .filter(members::starts_at.le(now))
        .filter(members::ends_at.is_null().or(members::ends_at.gt(now)))
        .select(members::network_id)
        .load(tx.conn())
}

/// The cycles that reach somebody from outside of their networks today, each with its network: as a guest, or as a member
/// of a network that shares the cycle.
pub fn shared_cycles_of(tx: &mut Tx<'_>, person_id: Id) -> QueryResult<Vec<(Id, Id)>> {
    let (networks, now) = (networks_of(tx, person_id)?, tx.now);
    let mut cycles: Vec<(Id, Id)> = participants::table
        .filter(participants::person_id.eq(person_id))
        .filter(participants::starts_at.le(now))
        .filter(participants::ends_at.is_null().or(participants::ends_at.gt(now)))
        .select((participants::network_id, participants::cycle_id))
        .load(tx.conn())?;
    let joint: Vec<(Id, Id)> = co_networks::table
        .filter(co_networks::co_network_id.eq_any(networks))
        .filter(co_networks::state.eq(CoNetworkState::Accepted))
        .select((co_networks::network_id, co_networks::cycle_id))
        .load(tx.conn())?;
    cycles.extend(joint);
    Ok(cycles)
}

/// The people who are members of one of these networks at this moment, to be used inside another query.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn members_of(networks: Vec<Id>, now: Instant) -> _ {
    members::table
        .filter(members::network_id.eq_any(networks))
        .filter(members::starts_at.le(now))
        .filter(members::ends_at.is_null().or(members::ends_at.gt(now)))
        .select(members::person_id)
}

/// Whether two people are members of one network today.
pub fn share_a_network(tx: &mut Tx<'_>, one: Id, other: Id) -> QueryResult<bool> {
    let (networks, now) = (networks_of(tx, one)?, tx.now);
    let shared = members_of(networks, now).filter(members::person_id.eq(other));
    diesel::select(diesel::dsl::exists(shared)).get_result(tx.conn())
}

/// Remembers the id of what its person takes back, and nothing else of it. Things of two kinds may have had the same id.
pub fn retract(tx: &mut Tx<'_>, id: Id) -> QueryResult<()> {
    let row = (retracted_ids::id.eq(id), retracted_ids::retracted_at.eq(tx.now));
    natively!(tx.conn(), c => diesel::insert_into(retracted_ids::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))
    .map(drop)
}

/// 409 where the id is one of something that was taken back: a late resend does not bring it back.
pub fn not_retracted(tx: &mut Tx<'_>, id: Option<Id>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    let row = retracted_ids::table.filter(retracted_ids::id.eq(id));
    if diesel::select(diesel::dsl::exists(row)).get_result(tx.conn())? {
        let detail = "What was made under this id was taken back. Choose another id to make it again.";
        return Err(Error::conflict("retracted", detail));
    }
    Ok(())
}
