//! Makes all documents anew from the records, beside a running server: what can be found stays so meanwhile.

use super::index;
use super::types::Kind;
use crate::access::{Access, Tx};
use crate::clock;
use crate::error::Result;
use crate::ids::Id;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use strum::IntoEnumIterator;

/// Records in one transaction. It stands in the way of whoever writes in SQLite, for some tens of milliseconds.
const BATCH: i64 = 50;
/// Between two transactions at most, as long as the last one took: so others get their turn.
const BREATH: Duration = Duration::from_millis(20);
/// Records between two words about how far it is.
const REPORT: usize = 5_000;

/// How many documents were made, and how many were there for records that are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    pub made: usize,
    pub removed: usize,
}

/// Rebuilds all there is. `progress` is told, in words, how far it is.
pub async fn rebuild(access: &Access, progress: impl Fn(&str)) -> Result<Rebuilt> {
    let behind = access.survey(|tx| Ok(index::behind(tx, Id::NIL, i64::MAX)?)).await?;
    let unfollowed = behind.iter().filter(|network| network.position.is_none());
    let unfollowed: Vec<Id> = unfollowed.map(|network| network.network_id).collect();
    for some in unfollowed.chunks(BATCH as usize) {
        let some = some.to_vec();
        access.console(move |tx| Ok(index::begin(tx, &some)?)).await?;
    }
    let mut made = 0;
    for kind in Kind::iter() {
        let mut done = 0;
        let mut after = Id::NIL;
        loop {
            let records = access.survey(move |tx| Ok(index::records(tx, kind, after, BATCH)?)).await?;
            let Some((last, _)) = records.last() else { break };
            after = *last;
            let read = records.len();
            done += read;
            let began = clock::uptime();
            made += access.console(move |tx| renew(tx, kind, &records)).await?;
            if done / REPORT > (done - read) / REPORT {
                progress(&format!("{done} {}s", <&str>::from(kind)));
            }
            tokio::time::sleep(clock::uptime().saturating_sub(began).min(BREATH)).await;
        }
        progress(&format!("{done} {}s: all", <&str>::from(kind)));
    }
    let removed = sweep(access).await?;
    // Nothing that had changed before the first record was read is to be followed once more.
    for some in behind.chunks(BATCH as usize) {
        let some = some.to_vec();
        access.console(move |tx| Ok(index::catch_up(tx, &some)?)).await?;
    }
    Ok(Rebuilt { made, removed })
}

/// Makes the documents of some records anew, and answers with how many stand.
fn renew(tx: &mut Tx<'_>, kind: Kind, records: &[(Id, Id)]) -> Result<usize> {
    let mut made = 0;
    for (network_id, subjects) in by_network(records) {
        // A network that began meanwhile is followed from its beginning.
        if !index::hold(tx, network_id)? {
            continue;
        }
        // Read once the documents are held: so what is written here is as new as what was there.
        let mut documents = index::documents(tx, kind, &subjects)?;
        documents.retain(|document| document.network_id == network_id);
        index::replace(tx, network_id, &subjects, &documents)?;
        made += documents.len();
    }
    Ok(made)
}

/// In the order of their ids, as whoever takes the rows of several networks does.
fn by_network(records: &[(Id, Id)]) -> BTreeMap<Id, BTreeSet<Id>> {
    let mut of_network: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for (id, network_id) in records {
        of_network.entry(*network_id).or_default().insert(*id);
    }
    of_network
}

/// Removes documents of records that do not stand where the document says, and tells how many. They are few, and looked for
/// without standing in anybody's way.
async fn sweep(access: &Access) -> Result<usize> {
    let mut removed = 0;
    let mut after = (Id::NIL, Id::NIL);
    loop {
        let stored = access.survey(move |tx| Ok(index::stored(tx, after, BATCH)?)).await?;
        let Some(last) = stored.last() else { return Ok(removed) };
        after = *last;
        let fallen = access.survey(move |tx| fallen(tx, &stored)).await?;
        if !fallen.is_empty() {
            removed += access.console(move |tx| clear(tx, &fallen)).await?;
        }
    }
}

/// Those of these documents whose records do not stand in the documents' networks.
fn fallen(tx: &mut Tx<'_>, stored: &[(Id, Id)]) -> Result<Vec<(Id, Id)>> {
    let ids: BTreeSet<Id> = stored.iter().map(|(id, _)| *id).collect();
    let mut standing = BTreeSet::new();
    for kind in Kind::iter() {
        let documents = index::documents(tx, kind, &ids)?.into_iter();
        standing.extend(documents.map(|document| (document.id, document.network_id)));
    }
    Ok(stored.iter().filter(|document| !standing.contains(document)).copied().collect())
}

/// Removes these documents, but for those whose records stand by now.
fn clear(tx: &mut Tx<'_>, stored: &[(Id, Id)]) -> Result<usize> {
    for network_id in by_network(stored).into_keys() {
        index::hold(tx, network_id)?;
    }
    let gone = by_network(&fallen(tx, stored)?);
    for (network_id, subjects) in &gone {
        index::replace(tx, *network_id, subjects, &[])?;
    }
    Ok(gone.values().map(BTreeSet::len).sum())
}
