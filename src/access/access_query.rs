//! The one access query: the credential, its person, and what that person is at the place. As text, since each request
//! makes it, and Diesel's query builder was more than a quarter of its time.

use super::policy::Role;
use crate::clock::Instant;
use crate::cycles::types::Phase;
use crate::db::types::{Json, JsonText, Moment, Uid};
use crate::ids::Id;
use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Binary, Bool, HasSqlType, Nullable, Text};

/// The place that is asked about, and the moment.
pub(super) struct Asked {
    pub network_id: Id,
    pub cycle_id: Id,
    pub now: Instant,
}

/// Who, whether they are an administrator, their roles, and whether the network is archived.
pub(super) type Row = (Id, bool, Option<Role>, Option<Role>, Option<bool>);
/// The emergency access under which an administrator sees the network, if any. An API key has none.
pub(super) type Emergency = Option<Id>;
pub(super) type CycleRow = (Id, Phase, Option<Instant>);
/// The key's id, its network, its hash, its operations, its end, and who made it.
pub(super) type KeyRow = (Id, Id, Vec<u8>, Json<Vec<String>>, Option<Instant>, Id);

type RowTypes = (Uid, Bool, Nullable<Text>, Nullable<Text>, Nullable<Bool>);

/// By a session. Where it finds the cycle, the network is the cycle's own and none is given.
pub(super) struct BySession<const FINDS_CYCLE: bool> {
    pub session_id: Id,
    pub asked: Asked,
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

impl<const FINDS_CYCLE: bool> QueryId for BySession<FINDS_CYCLE> {
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

impl Query for BySession<false> {
    type SqlType = (RowTypes, Nullable<Uid>);
}

impl Query for BySession<true> {
    type SqlType = (RowTypes, Nullable<Uid>, Nullable<(Uid, Text, Nullable<Moment>)>);
}

impl Query for BySubject<'_> {
    type SqlType = (RowTypes, Nullable<Uid>, Uid);
}

impl Query for ByKey<'_> {
    type SqlType = (RowTypes, (Uid, Uid, Binary, JsonText, Nullable<Moment>, Uid));
}

impl<C, const FINDS_CYCLE: bool> RunQueryDsl<C> for BySession<FINDS_CYCLE> {}
impl<C> RunQueryDsl<C> for BySubject<'_> {}
impl<C> RunQueryDsl<C> for ByKey<'_> {}

const COLUMNS: &str = "SELECT people.id, people.system_role = 'admin', members.role, participants.role, \
                       networks.state = 'archived'";

impl<DB, const FINDS_CYCLE: bool> QueryFragment<DB> for BySession<FINDS_CYCLE>
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
    Id: ToSql<Uid, DB>,
    Instant: ToSql<Moment, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(COLUMNS);
        out.push_sql(", emergency_accesses.id");
        if FINDS_CYCLE {
            out.push_sql(", cycles.network_id, cycles.phase, cycles.closed_at");
        }
        out.push_sql(" FROM auth_sessions JOIN people ON people.id = auth_sessions.person_id");
        if FINDS_CYCLE {
            out.push_sql(" LEFT JOIN cycles ON cycles.id = ");
            out.push_bind_param::<Uid, _>(&self.asked.cycle_id)?;
            out.push_sql(" LEFT JOIN networks ON networks.id = cycles.network_id");
        } else {
            out.push_sql(" LEFT JOIN networks ON networks.id = ");
            out.push_bind_param::<Uid, _>(&self.asked.network_id)?;
        }
        self.asked.join_roles(out.reborrow())?;
        self.asked.join_emergency(out.reborrow())?;
        out.push_sql(" WHERE auth_sessions.id = ");
        out.push_bind_param::<Uid, _>(&self.session_id)?;
        out.push_sql(" AND auth_sessions.ended_at IS NULL AND auth_sessions.expires_at > ");
        out.push_bind_param::<Moment, _>(&self.asked.now)?;
        out.push_sql(" AND people.active");
        Ok(())
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
        self.asked.join_roles(out.reborrow())?;
        self.asked.join_emergency(out.reborrow())?;
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
        self.asked.join_roles(out.reborrow())?;
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

impl Asked {
    /// What the person is in the network and in the cycle, at this moment.
    fn join_roles<'b, DB>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
        Id: ToSql<Uid, DB>,
        Instant: ToSql<Moment, DB>,
    {
        out.push_sql(
            " LEFT JOIN members ON members.network_id = networks.id AND members.person_id = people.id \
             AND members.starts_at <= ",
        );
        out.push_bind_param::<Moment, _>(&self.now)?;
        out.push_sql(" AND (members.ends_at IS NULL OR members.ends_at > ");
        out.push_bind_param::<Moment, _>(&self.now)?;
        out.push_sql(
            ") LEFT JOIN participants ON participants.network_id = networks.id \
             AND participants.person_id = people.id AND participants.cycle_id = ",
        );
        out.push_bind_param::<Uid, _>(&self.cycle_id)?;
        out.push_sql(" AND participants.starts_at <= ");
        out.push_bind_param::<Moment, _>(&self.now)?;
        out.push_sql(" AND (participants.ends_at IS NULL OR participants.ends_at > ");
        out.push_bind_param::<Moment, _>(&self.now)?;
        out.push_sql(")");
        Ok(())
    }
    /// Under which stated cause an administrator sees the network, at this moment.
    fn join_emergency<'b, DB>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        DB: Backend + HasSqlType<Uid> + HasSqlType<Moment>,
        Instant: ToSql<Moment, DB>,
    {
        out.push_sql(
            " LEFT JOIN emergency_accesses ON people.system_role = 'admin' \
             AND emergency_accesses.person_id = people.id AND emergency_accesses.network_id = networks.id \
             AND emergency_accesses.ended_at IS NULL AND emergency_accesses.expires_at > ",
        );
        out.push_bind_param::<Moment, _>(&self.now)?;
        Ok(())
    }
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
