//! What people say of themselves, and who else reads it. Such a record belongs to its person and to no network, and is
//! shown to fellow members as long as both are members: who leaves sees nothing more of those who stay, nor they of them.
//! Guests of a cycle and members of a network that shares one are no fellow members, and administrators see no more than
//! others do.

use crate::access::{Tx, member_at};
use crate::clock::Instant;
use crate::db::schema::{members, people, retracted_ids};
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::natively;
use diesel::prelude::*;
use diesel::query_source::{Alias, AliasedField};
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

/// The people who are members of one of these networks at this moment, to be used inside another query. An account that
/// was deactivated shows nothing of its person to others.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn members_of(networks: Vec<Id>, now: Instant) -> _ {
    let holders: Alias<Holders> = HOLDERS;
    let id: AliasedField<Holders, people::id> = HOLDERS.field(people::id);
    let active: AliasedField<Holders, people::active> = HOLDERS.field(people::active);
    let today: member_at = member_at(now);
    let at_work = holders.filter(active.eq(true)).select(id);
    members::table
        .filter(members::network_id.eq_any(networks))
        .filter(today)
        .filter(members::person_id.eq_any(at_work))
        .select(members::person_id)
}

// An alias, since the query around it may ask for people too.
diesel::alias!(pub const HOLDERS: Alias<Holders> = people as holders);

/// Whether two people are members of one network today.
pub fn share_a_network(tx: &mut Tx<'_>, one: Id, other: Id) -> QueryResult<bool> {
    let (networks, now) = (tx.networks_of(one)?, tx.now);
    let shared = members_of(networks, now).filter(members::person_id.eq(other));
    diesel::select(diesel::dsl::exists(shared)).get_result(tx.conn())
}

/// Remembers the ids of what people take back, and nothing else of it. Things of two kinds may have had the same id.
pub fn retract(tx: &mut Tx<'_>, ids: &[Id]) -> QueryResult<()> {
    let row = |id: &Id| (retracted_ids::id.eq(*id), retracted_ids::retracted_at.eq(tx.now));
    let rows: Vec<_> = ids.iter().map(row).collect();
    natively!(tx.conn(), c => diesel::insert_into(retracted_ids::table)
        .values(rows)
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
