//! The audit of what happened in a network: its change log and its access log, each bound by a chain of hashes that shows
//! whether a row was changed, removed or put in (`verify`), and both as its coordinators read them (`events`).
//!
//! Nothing of the chains is made in a request: `seal` follows the logs. What they cannot show is what whoever owns the
//! database does to the whole: drops the triggers and makes the chains anew. Hence `heads`, to be kept elsewhere.

pub mod api;
mod events;
mod rules;
mod salts;
pub mod seal;
mod store;
pub mod types;
pub mod verify;

use crate::access::{Access, Tx};
use crate::access_log;
use crate::error::Result;
use crate::ids::Id;
use strum::IntoEnumIterator;
use types::Log;
use verify::Head;

/// Erases ids (of people, pseudonyms or records) from both logs of a network, and what their digests were salted with: the
/// chains stay whole, and nothing leads from what is left to who it was. `Id::NIL` for the logs of what belongs to no
/// network.
///
/// To be called in the transaction that erases, after the network's row was taken, once for each network; with an id that
/// stands nowhere it does nothing. An id that clients have to be told of as gone, such as that of an erased record, is
/// better left: the tombstone in the feed of changes names it.
pub fn forget(tx: &mut Tx<'_>, network_id: Id, ids: &[Id]) -> Result<()> {
    for log in Log::iter() {
        // What is not sealed yet would be sealed without them.
        seal::to_the_end(tx, network_id, log)?;
        let found = salts::standing(tx, network_id, log, ids)?;
        if found.is_empty() {
            continue;
        }
        let known = salts::of(tx, network_id, ids)?;
        let digest = |(number, field, id): (i64, &'static str, Id)| {
            let salt = known.get(&id).copied().unwrap_or_default();
            (number, field, rules::digest_of(network_id, log, number, field, id, &salt).to_vec())
        };
        let erased: Vec<_> = found.into_iter().map(digest).collect();
        salts::add_erasures(tx, network_id, log, &erased)?;
        rewrite(tx, network_id, log, |tx| Ok(salts::blank(tx, network_id, log, ids)?))?;
    }
    Ok(salts::remove(tx, network_id, ids)?)
}

/// Removes the older end of a log, by `remove`: of the rows before `kept_from`. The chain keeps the hash up to which it is
/// not there any more.
pub fn cut(
    tx: &mut Tx<'_>,
    network_id: Id,
    log: Log,
    kept_from: i64,
    remove: impl FnOnce(&mut Tx<'_>) -> Result<()>,
) -> Result<()> {
    seal::to_the_end(tx, network_id, log)?;
    rewrite(tx, network_id, log, remove)?;
    Ok(store::cut(tx, network_id, log, kept_from)?)
}

/// The one way around the triggers that keep a log as it is.
fn rewrite(
    tx: &mut Tx<'_>,
    network_id: Id,
    log: Log,
    work: impl FnOnce(&mut Tx<'_>) -> Result<()>,
) -> Result<()> {
    store::open(tx, network_id, log, true)?;
    work(tx)?;
    Ok(store::open(tx, network_id, log, false)?)
}

/// The newest hash of each chain, once what was added is sealed.
pub async fn heads(access: &Access) -> Result<Vec<Head>> {
    access_log::backlog::clear(access).await?;
    let (_stop, never) = tokio::sync::watch::channel(());
    seal::all(access, &never).await?;
    access
        .survey(|tx| {
            let mut heads = Vec::new();
            for network_id in store::networks(tx)? {
                for log in Log::iter() {
                    let chain = store::chain(tx, network_id, log)?;
                    heads.extend(chain.map(|chain| Head::of(network_id, log, &chain)));
                }
            }
            Ok(heads)
        })
        .await
}
