//! Sessions and refresh tokens in the database. Tokens are stored as hashes only.

use crate::access::Tx;
use crate::clock::Instant;
use crate::db::schema::{auth_sessions, people, refresh_tokens};
use crate::ids::Id;
use diesel::prelude::*;

pub fn insert_session(tx: &mut Tx<'_>, person_id: Id, expires_at: Instant) -> QueryResult<Id> {
    let (id, now) = (Id::new(), tx.now);
    diesel::insert_into(auth_sessions::table)
        .values((
            auth_sessions::id.eq(id),
            auth_sessions::person_id.eq(person_id),
            auth_sessions::created_at.eq(now),
            auth_sessions::expires_at.eq(expires_at),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

pub fn extend_session(tx: &mut Tx<'_>, id: Id, expires_at: Instant) -> QueryResult<()> {
    diesel::update(auth_sessions::table.filter(auth_sessions::id.eq(id)))
        .set(auth_sessions::expires_at.eq(expires_at))
        .execute(tx.conn())
        .map(drop)
}

/// Ends a session, and with it every token of it.
pub fn end_session(tx: &mut Tx<'_>, id: Id) -> QueryResult<()> {
    let now = tx.now;
    diesel::update(auth_sessions::table.filter(auth_sessions::id.eq(id)))
        .set(auth_sessions::ended_at.eq(now))
        .execute(tx.conn())
        .map(drop)
}

/// Ends every session of a person but one.
pub fn end_other_sessions(tx: &mut Tx<'_>, person_id: Id, kept: Id) -> QueryResult<()> {
    let now = tx.now;
    let others = auth_sessions::table
        .filter(auth_sessions::person_id.eq(person_id))
        .filter(auth_sessions::id.ne(kept))
        .filter(auth_sessions::ended_at.is_null());
    diesel::update(others).set(auth_sessions::ended_at.eq(now)).execute(tx.conn()).map(drop)
}

pub fn insert_refresh_token(tx: &mut Tx<'_>, session_id: Id, hash: Vec<u8>) -> QueryResult<Id> {
    let (id, now) = (Id::new(), tx.now);
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::id.eq(id),
            refresh_tokens::session_id.eq(session_id),
            refresh_tokens::token_hash.eq(hash),
            refresh_tokens::created_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

/// A refresh token of a session that still stands, of somebody who may sign in.
pub struct KnownToken {
    pub id: Id,
    pub session_id: Id,
    pub person_id: Id,
}

pub fn refresh_token(tx: &mut Tx<'_>, hash: &[u8]) -> QueryResult<Option<KnownToken>> {
    let now = tx.now;
    let row: Option<(Id, Id, Id)> = refresh_tokens::table
        .inner_join(auth_sessions::table.on(auth_sessions::id.eq(refresh_tokens::session_id)))
        .inner_join(people::table.on(people::id.eq(auth_sessions::person_id)))
        .filter(refresh_tokens::token_hash.eq(hash.to_vec()))
        .filter(auth_sessions::ended_at.is_null())
        .filter(auth_sessions::expires_at.gt(now))
        .filter(people::active.eq(true))
        .select((refresh_tokens::id, auth_sessions::id, people::id))
        .get_result(tx.conn())
        .optional()?;
    Ok(row.map(|(id, session_id, person_id)| KnownToken { id, session_id, person_id }))
}

/// Marks a token as used, if nobody has.
pub fn use_token(tx: &mut Tx<'_>, id: Id, successor_id: Id) -> QueryResult<bool> {
    let now = tx.now;
    let unused =
        refresh_tokens::table.filter(refresh_tokens::id.eq(id)).filter(refresh_tokens::used_at.is_null());
    let marked = diesel::update(unused)
        .set((refresh_tokens::used_at.eq(now), refresh_tokens::successor_id.eq(successor_id)))
        .execute(tx.conn())?;
    Ok(marked == 1)
}

/// When a token was used, and its successor.
pub fn use_of(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<(Instant, Id)>> {
    let row: Option<(Option<Instant>, Option<Id>)> = refresh_tokens::table
        .filter(refresh_tokens::id.eq(id))
        .select((refresh_tokens::used_at, refresh_tokens::successor_id))
        .get_result(tx.conn())
        .optional()?;
    Ok(row.and_then(|(used_at, successor)| used_at.zip(successor)))
}

/// Puts a new successor in the place of one that was never used. False where it was.
pub fn replace_unused(tx: &mut Tx<'_>, id: Id, former: Id, successor_id: Id) -> QueryResult<bool> {
    let unused =
        refresh_tokens::table.filter(refresh_tokens::id.eq(former)).filter(refresh_tokens::used_at.is_null());
    if diesel::delete(unused).execute(tx.conn())? == 0 {
        return Ok(false);
    }
    diesel::update(refresh_tokens::table.filter(refresh_tokens::id.eq(id)))
        .set(refresh_tokens::successor_id.eq(successor_id))
        .execute(tx.conn())?;
    Ok(true)
}
