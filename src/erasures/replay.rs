//! Carrying erasures out again that the journal knows and the database does not: a backup was put back that is older than they.

use super::journal::{Buried, Entry, Journal};
use super::types::{Erasure, ErasureSubject, Receiver};
use super::{Keeping, Subject, erase_in, given, keep, person, store};
use crate::access::{Access, Tx};
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::removal::reach;
use crate::removal::types::KindCount;
use std::collections::HashSet;

/// What became of a journal's erasures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// How many the journal has.
    pub known: usize,
    /// How many of them were carried out again.
    pub done: usize,
}

/// Before a server answers: what the database lacks is carried out, and what the journal lacks is added to it.
pub async fn on_start(access: &Access, journal: &Journal) -> Result<()> {
    if !journal.is_kept() {
        log::warn!(
            "ERASURE_JOURNAL is not set: what was erased comes back with a backup that is older. Name a file outside of the \
             database and its backups."
        );
        return Ok(());
    }
    let entries = journal.entries().map_err(unreadable)?;
    let known: HashSet<Id> = entries.iter().map(|entry| entry.id).collect();
    let replayed = carry_out(access, entries).await?;
    if replayed.done > 0 {
        log::warn!(
            "{} erasures of the journal were carried out again: the database did not know them",
            replayed.done
        );
    }
    let added = journal.complete(access, &known).await?;
    if added > 0 {
        log::warn!("{added} erasures were added to the journal, which did not know them");
    }
    Ok(())
}

/// Why a journal is of no use.
pub fn unreadable(error: std::io::Error) -> Error {
    Error::conflict("bad_journal", format!("The journal of erasures cannot be read: {error}."))
}

/// Carries out those that the database does not know, in their order.
pub async fn carry_out(access: &Access, entries: Vec<Entry>) -> Result<Replayed> {
    let mut replayed = Replayed { known: entries.len(), done: 0 };
    for entry in entries {
        replayed.done += usize::from(access.console(move |tx| one(tx, &entry)).await?);
    }
    if replayed.done > 0 {
        access.clean(&reach::touched()).await;
    }
    Ok(replayed)
}

/// Whether it was carried out, and not known already.
fn one(tx: &mut Tx<'_>, entry: &Entry) -> Result<bool> {
    if store::find(tx, entry.id)?.is_some() {
        return Ok(false);
    }
    let mut networks: Vec<Id> = entry.removed.iter().map(|buried| buried.network_id).collect();
    match entry.subject {
        ErasureSubject::Pseudonym => networks.push(entry.network_id),
        ErasureSubject::Person => networks.extend(person::networks(tx, entry.subject_id)?),
    }
    networks.sort_unstable();
    networks.dedup();
    if entry.network_id == Id::NIL {
        tx.take(Id::NIL)?;
    }
    let mut here = Vec::new();
    for network_id in networks {
        match tx.take(network_id) {
            Ok(()) => here.push(network_id),
            // Made after the backup: nothing of it is there.
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let rows: Vec<_> = entry.removed.iter().map(buried).collect();
    store::bury(tx, entry.id, &rows)?;
    let erasure = Erasure {
        id: entry.id,
        network_id: entry.network_id,
        subject: entry.subject,
        subject_id: entry.subject_id,
        with_records: entry.with_records,
        cause: entry.cause,
        counts: Json(Vec::new()),
        told: Json(Vec::new()),
        created_by: entry.created_by,
        created_at: entry.created_at,
        replayed_at: Some(tx.now),
        digest: Vec::new(),
    };
    let (counts, told) = again(tx, &erasure, &here)?;
    if erasure.network_id != Id::NIL && !here.contains(&erasure.network_id) {
        // Its network is not there to tell of it: the next start looks again.
        return Ok(false);
    }
    keep(tx, Erasure { counts: Json(counts), told: Json(told), ..erasure })?;
    Ok(true)
}

fn again(tx: &mut Tx<'_>, erasure: &Erasure, networks: &[Id]) -> Result<(Vec<KindCount>, Vec<Receiver>)> {
    let given = given(tx, erasure);
    match erasure.subject {
        ErasureSubject::Person => person::erase(tx, given, networks, erasure.with_records, Keeping::Nothing),
        ErasureSubject::Pseudonym if networks.contains(&erasure.network_id) => {
            erase_in(tx, &given, Subject::Pseudonym, Keeping::Nothing)
        }
        ErasureSubject::Pseudonym => Ok((Vec::new(), Vec::new())),
    }
}

fn buried(buried: &Buried) -> (Id, Id, String, Option<Id>) {
    (buried.network_id, buried.id, buried.kind.clone(), buried.cycle_id)
}
