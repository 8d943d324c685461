//! API keys in the database.

use super::types::{ApiKey, ApiKeyFilter, ApiKeyRow, KeyState};
use crate::access::{Locate, Place, Role, Tx};
use crate::clock::Instant;
use crate::db::schema::{api_keys, members};
use crate::error::{Error, Result};
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

/// An API key by its id.
#[derive(Clone)]
pub struct OneApiKey(pub Id);

impl Locate for OneApiKey {
    type Found = ApiKeyRow;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(ApiKeyRow, Place)>> {
        Ok(find(tx, self.0)?.map(|key| {
            let place = Place::network(key.network_id);
            (key, place)
        }))
    }
}

pub fn find(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<ApiKeyRow>> {
    api_keys::table.filter(api_keys::id.eq(id)).get_result(tx.conn()).optional()
}

pub fn insert(tx: &mut Tx<'_>, key: &ApiKeyRow) -> QueryResult<()> {
    diesel::insert_into(api_keys::table).values(key).execute(tx.conn()).map(drop)
}

/// As sent, with the role that the integration's membership has.
pub fn shown(tx: &mut Tx<'_>, key: ApiKeyRow) -> QueryResult<ApiKey> {
    let role: Role = members::table
        .filter(members::network_id.eq(key.network_id))
        .filter(members::person_id.eq(key.person_id))
        .select(members::role)
        .get_result(tx.conn())?;
    Ok(key.shown(role.into(), None))
}

pub fn list(tx: &mut Tx<'_>, network_id: Id, filter: &ApiKeyFilter, page: &Page) -> QueryResult<Vec<ApiKey>> {
    let now = tx.now;
    let same = members::network_id.eq(api_keys::network_id).and(members::person_id.eq(api_keys::person_id));
    let mut query = newest_first!(
        api_keys::table
            .inner_join(members::table.on(same))
            .filter(api_keys::network_id.eq(network_id))
            .select((api_keys::all_columns, members::role)),
        page,
        api_keys::created_at,
        api_keys::id
    );
    if filter.state.unwrap_or_default() == KeyState::Active {
        query = query
            .filter(api_keys::revoked_at.is_null())
            .filter(api_keys::expires_at.is_null().or(api_keys::expires_at.gt(now)));
    }
    let rows: Vec<(ApiKeyRow, Role)> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|(key, role)| key.shown(role.into(), None)).collect())
}

/// Stores the revocation as the record's next version; 412 where another version is stored by now. The last use is left
/// as it stands: it may have been written meanwhile.
pub fn revoke(tx: &mut Tx<'_>, key: &mut ApiKeyRow) -> Result<()> {
    let (read, now) = (key.version, tx.now);
    key.version += 1;
    key.updated_at = now;
    key.revoked_at = Some(now);
    let same = api_keys::table
        .filter(api_keys::network_id.eq(key.network_id))
        .filter(api_keys::id.eq(key.id))
        .filter(api_keys::version.eq(read));
    let set = (api_keys::version.eq(key.version), api_keys::updated_at.eq(now), api_keys::revoked_at.eq(now));
    match diesel::update(same).set(set).execute(tx.conn())? {
        1 => Ok(()),
        _ => Err(Error::VersionMismatch { stored: read + 1 }),
    }
}

/// Writes a use, unless a later one is on record: of several servers the last use counts.
pub fn used(tx: &mut Tx<'_>, network_id: Id, id: Id, at: Instant) -> QueryResult<()> {
    let earlier = api_keys::table
        .filter(api_keys::network_id.eq(network_id))
        .filter(api_keys::id.eq(id))
        .filter(api_keys::last_used_at.is_null().or(api_keys::last_used_at.lt(at)));
    diesel::update(earlier).set(api_keys::last_used_at.eq(at)).execute(tx.conn()).map(drop)
}
