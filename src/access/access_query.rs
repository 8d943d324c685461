//! The one access query: the credential, its person, and what that person is at the place. As text, since each request
//! makes it, and Diesel's query builder was more than a quarter of its time.

use super::actor::Actor;
use super::policy::Role;
use crate::clock::Instant;
use crate::db::types::{Json, JsonText, Moment, Uid};
use crate::ids::Id;
use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Binary, Bool, HasSqlType, Nullable, Text};
use std::marker::PhantomData;

/// What a query finds together with how its session's person stands where that lies: two would be two round trips to
/// PostgreSQL.
pub trait Sought: 'static {
    /// Of the columns.
    type SqlType;
    /// Where it lies by its `id`, with the `network_id` in which it is.
    const TABLE: &'static str;
    const COLUMNS: &'static str;
    /// The column that says in which cycle.
    const CYCLE: &'static str;
}

/// The place that is asked about, and the moment.
pub(super) struct Asked {
    pub network_id: Id,
    pub cycle_id: Id,
    pub now: Instant,
}

/// Who, whether they are an administrator, their roles, and whether the network is archived.
pub type Row = (Id, bool, Option<Role>, Option<Role>, Option<bool>);
/// The emergency access under which an administrator sees the network, if any. An API key has none.
pub type Emergency = Option<Id>;
/// How a session's person stands, and what was sought.
pub type WithStanding<R> = (Row, Emergency, Option<R>);
/// The key's id, its network, its hash, its operations, its end, and who made it.
pub(super) type KeyRow = (Id, Id, Vec<u8>, Json<Vec<String>>, Option<Instant>, Id);

type RowTypes = (Uid, Bool, Nullable<Text>, Nullable<Text>, Nullable<Bool>);

/// By a session.
pub(super) struct BySession {
    pub session_id: Id,
    pub asked: Asked,
}

/// By a session, with what is sought: the place is where that lies.
pub struct Finding<S> {
    session_id: Id,
    id: Id,
    now: Instant,
    sought: PhantomData<S>,
}

impl<S: Sought> Finding<S> {
    pub fn by(actor: Actor, id: Id, now: Instant) -> Finding<S> {
        Finding { session_id: actor.session_id, id, now, sought: PhantomData }
    }
}

/// By an identity: whom the issuer of access tokens knows them as.
pub(super) struct BySubject<'s> {
    pub issuer: &'s str,
    pub subject: &'s str,
    pub asked: Asked,
}

/// By an API key: all keys with this prefix, of which there is one at most but by a great chance.
pub(super) struct ByKey<'k> {
    pub prefix: &'k str,
    pub asked: Asked,
}

impl QueryId for BySession {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<S: Sought> QueryId for Finding<S> {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryId for BySubject<'_> {
    type QueryId = BySubject<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryId for ByKey<'_> {
    type QueryId = ByKey<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl Query for BySession {
    type SqlType = (RowTypes, Nullable<Uid>);
}

impl<S: Sought> Query for Finding<S> {
    type SqlType = (RowTypes, Nullable<Uid>, Nullable<S::SqlType>);
}

impl Query for BySubject<'_> {
    type SqlType = (RowTypes, Nullable<Uid>, Uid);
}

impl Query for ByKey<'_> {
    type SqlType = (RowTypes, (Uid, Uid, Binary, JsonText, Nullable<Moment>, Uid));
}

impl<C> RunQueryDsl<C> for BySession {}
impl<C, S> RunQueryDsl<C> for Finding<S> {}
impl<C> RunQueryDsl<C> for BySubject<'_> {}
impl<C> RunQueryDsl<C> for ByKey<'_> {}

const COLUMNS: &str = "SELECT people.id, people.system_role = 'admin', members.role, participants.role, \
                       networks.state = 'archived'";

/// The session with its person, where both are good for something.
const OF_SESSION: &str = " FROM auth_sessions JOIN people ON people.id = auth_sessions.person_id";

impl<DB> QueryFragment<DB> for BySession
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let now = &self.asked.now;
        out.push_sql(COLUMNS);
        out.push_sql(", emergency_accesses.id");
        out.push_sql(OF_SESSION);
        out.push_sql(" LEFT JOIN networks ON networks.id = ");
        out.push_bind_param::<Uid, _>(&self.asked.network_id)?;
        join_roles(&mut out, now, Cycle::Id(&self.asked.cycle_id))?;
        join_emergency(&mut out, now)?;
        where_good(&mut out, &self.session_id, now)
    }
}

impl<DB, S: Sought> QueryFragment<DB> for Finding<S>
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for part in [COLUMNS, ", emergency_accesses.id, ", S::COLUMNS, OF_SESSION] {
            out.push_sql(part);
        }
        for part in [" LEFT JOIN ", S::TABLE, " ON ", S::TABLE, ".id = "] {
            out.push_sql(part);
        }
        out.push_bind_param::<Uid, _>(&self.id)?;
        for part in [" LEFT JOIN networks ON networks.id = ", S::TABLE, ".network_id"] {
            out.push_sql(part);
        }
        join_roles(&mut out, &self.now, Cycle::Column(S::CYCLE))?;
        join_emergency(&mut out, &self.now)?;
        where_good(&mut out, &self.session_id, &self.now)
    }
}

impl<DB> QueryFragment<DB> for BySubject<'_>
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
    str: ToSql<Text, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(COLUMNS);
        out.push_sql(
            ", emergency_accesses.id, identities.id FROM identities JOIN people ON people.id = identities.person_id \
             LEFT JOIN networks ON networks.id = ",
        );
        out.push_bind_param::<Uid, _>(&self.asked.network_id)?;
        join_roles(&mut out, &self.asked.now, Cycle::Id(&self.asked.cycle_id))?;
        join_emergency(&mut out, &self.asked.now)?;
        out.push_sql(" WHERE identities.issuer = ");
        out.push_bind_param::<Text, str>(self.issuer)?;
        out.push_sql(" AND identities.subject = ");
        out.push_bind_param::<Text, str>(self.subject)?;
        out.push_sql(" AND people.active");
        Ok(())
    }
}

impl<DB> QueryFragment<DB> for ByKey<'_>
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
    str: ToSql<Text, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(COLUMNS);
        out.push_sql(
            ", api_keys.id, api_keys.network_id, api_keys.key_hash, api_keys.operations, api_keys.expires_at, \
             api_keys.created_by \
             FROM api_keys JOIN people ON people.id = api_keys.person_id LEFT JOIN networks ON networks.id = ",
        );
        out.push_bind_param::<Uid, _>(&self.asked.network_id)?;
        join_roles(&mut out, &self.asked.now, Cycle::Id(&self.asked.cycle_id))?;
        out.push_sql(" WHERE api_keys.prefix = ");
        out.push_bind_param::<Text, str>(self.prefix)?;
        out.push_sql(
            " AND api_keys.revoked_at IS NULL AND (api_keys.expires_at IS NULL OR api_keys.expires_at > ",
        );
        out.push_bind_param::<Moment, _>(&self.asked.now)?;
        out.push_sql(") AND people.active");
        Ok(())
    }
}

/// The cycle in which somebody may be a participant.
enum Cycle<'c> {
    Id(&'c Id),
    Column(&'static str),
}

/// What the person is in the network and in the cycle, at this moment.
fn join_roles<'b, DB>(out: &mut AstPass<'_, 'b, DB>, now: &'b Instant, cycle: Cycle<'b>) -> QueryResult<()>
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
{
    out.push_sql(
        " LEFT JOIN members ON members.network_id = networks.id AND members.person_id = people.id \
         AND members.starts_at <= ",
    );
    out.push_bind_param::<Moment, _>(now)?;
    out.push_sql(" AND (members.ends_at IS NULL OR members.ends_at > ");
    out.push_bind_param::<Moment, _>(now)?;
    out.push_sql(
        ") LEFT JOIN participants ON participants.network_id = networks.id \
         AND participants.person_id = people.id AND participants.cycle_id = ",
    );
    match cycle {
        Cycle::Id(id) => out.push_bind_param::<Uid, _>(id)?,
        Cycle::Column(column) => out.push_sql(column),
    }
    out.push_sql(" AND participants.starts_at <= ");
    out.push_bind_param::<Moment, _>(now)?;
    out.push_sql(" AND (participants.ends_at IS NULL OR participants.ends_at > ");
    out.push_bind_param::<Moment, _>(now)?;
    out.push_sql(")");
    Ok(())
}

/// Under which stated cause an administrator sees the network, at this moment.
fn join_emergency<'b, DB>(out: &mut AstPass<'_, 'b, DB>, now: &'b Instant) -> QueryResult<()>
where
    DB: Backend + HasSqlType<Moment>,
    Instant: ToSql<Moment, DB>,
{
    out.push_sql(
        " LEFT JOIN emergency_accesses ON people.system_role = 'admin' \
         AND emergency_accesses.person_id = people.id AND emergency_accesses.network_id = networks.id \
         AND emergency_accesses.ended_at IS NULL AND emergency_accesses.expires_at > ",
    );
    out.push_bind_param::<Moment, _>(now)
}

/// The session has neither ended nor expired, and its person may sign in.
fn where_good<'b, DB>(out: &mut AstPass<'_, 'b, DB>, session_id: &'b Id, now: &'b Instant) -> QueryResult<()>
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
{
    out.push_sql(" WHERE auth_sessions.id = ");
    out.push_bind_param::<Uid, _>(session_id)?;
    out.push_sql(" AND auth_sessions.ended_at IS NULL AND auth_sessions.expires_at > ");
    out.push_bind_param::<Moment, _>(now)?;
    out.push_sql(" AND people.active");
    Ok(())
}

/// The networks that somebody may look at now: their own, and those under an emergency access, with its id.
pub(super) struct NetworksInSight {
    pub person_id: Id,
    pub now: Instant,
}

impl QueryId for NetworksInSight {
    type QueryId = NetworksInSight;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl Query for NetworksInSight {
    type SqlType = (Uid, Nullable<Uid>);
}

impl<C> RunQueryDsl<C> for NetworksInSight {}

impl<DB> QueryFragment<DB> for NetworksInSight
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT members.network_id, NULL FROM members WHERE members.person_id = ");
        out.push_bind_param::<Uid, _>(&self.person_id)?;
        out.push_sql(" AND members.starts_at <= ");
        out.push_bind_param::<Moment, _>(&self.now)?;
        out.push_sql(" AND (members.ends_at IS NULL OR members.ends_at > ");
        out.push_bind_param::<Moment, _>(&self.now)?;
        out.push_sql(
            ") UNION ALL SELECT emergency_accesses.network_id, emergency_accesses.id FROM emergency_accesses \
             JOIN people ON people.id = emergency_accesses.person_id AND people.system_role = 'admin' \
             WHERE emergency_accesses.ended_at IS NULL AND emergency_accesses.person_id = ",
        );
        out.push_bind_param::<Uid, _>(&self.person_id)?;
        out.push_sql(" AND emergency_accesses.expires_at > ");
        out.push_bind_param::<Moment, _>(&self.now)?;
        Ok(())
    }
}
