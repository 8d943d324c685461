//! API keys: with one a program does some operations in one network. Each has an account of its own, an integration,
//! whose membership has the key's role and ends with the key: so what a key writes has an author, and what it may do is
//! asked of the same policy as of everybody. The key belongs to the network, and outlasts whoever made it.

pub mod api;
mod store;
pub mod types;

use crate::access::api_key::NewKey;
use crate::access::{Access, Tx};
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::record::{self, Created};
use crate::{members, people};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;
use types::{ApiKey, ApiKeyCreate, ApiKeyRow, ShownKey};

/// Between two writings of what was used meanwhile.
const USES: Duration = Duration::from_secs(60);

/// Makes a key with its account and its membership. A resend is answered without the key, which nobody knows any more.
pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    author_id: Id,
    body: &ApiKeyCreate,
) -> Result<Created<ApiKey>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(store::shown(tx, stored)?, &digest, here);
    }
    let NewKey { key, prefix, hash } = NewKey::make()?;
    let person_id = people::create_integration(tx, &body.name)?;
    members::enrol(tx, network_id, person_id, body.role.into(), body.expires_at)?;
    let row = ApiKeyRow {
        id: body.id.unwrap_or_default(),
        network_id,
        person_id,
        name: body.name.to_string(),
        operations: Json(body.operations.iter().map(|grant| grant.name().to_owned()).collect()),
        prefix,
        key_hash: hash,
        created_by: author_id,
        created_at: tx.now,
        updated_at: tx.now,
        expires_at: body.expires_at,
        revoked_at: None,
        last_used_at: None,
        version: 1,
        digest,
    };
    store::insert(tx, &row)?;
    let mut made = row.shown(body.role, None);
    // Without the key: what is noted may be kept.
    tx.note("created", &made);
    made.key = Some(ShownKey(key));
    Ok(Created::fresh(made))
}

/// Revokes a key, which may have expired before.
pub fn revoke(tx: &mut Tx<'_>, mut row: ApiKeyRow, if_match: &IfMatch) -> Result<()> {
    if_match.demand(row.version)?;
    if row.revoked_at.is_some() {
        return Err(Error::conflict("revoked", "The API key was revoked before."));
    }
    store::revoke(tx, &mut row)?;
    let revoked = store::shown(tx, row)?;
    tx.note("revoked", &revoked);
    members::dismiss(tx, revoked.network_id, revoked.person_id)
}

/// Writes the uses of keys now and then, and what is left when the server stops.
pub async fn follow_uses(access: Access, mut stop: watch::Receiver<()>) {
    loop {
        // The sender is gone when the server stops.
        let stopping = timeout(USES, stop.changed()).await.is_ok();
        if let Err(error) = write_uses(&access).await {
            log::warn!("uses of API keys could not be written: {error}");
        }
        if stopping {
            return;
        }
    }
}

async fn write_uses(access: &Access) -> Result<()> {
    let uses = access.key_uses().take();
    if uses.is_empty() {
        return Ok(());
    }
    let to_write = uses.clone();
    let written = access
        .console(move |tx| {
            for ((network_id, id), at) in &to_write {
                store::used(tx, *network_id, *id, *at)?;
            }
            Ok(())
        })
        .await;
    if written.is_err() {
        access.key_uses().merge(uses);
    }
    written
}
