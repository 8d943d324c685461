//! Erasures: what the GDPR's article 17 asks for, of a citizen behind a pseudonym and of a person. An erasure reaches what
//! `removal::reach` says, table by table, and is a record itself, without content. Before it is answered it is in a journal
//! outside of the database (`journal`), from which it is carried out again where a backup was put back (`replay`).

pub mod api;
pub mod journal;
mod person;
pub mod replay;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::legal_holds::{self, held};
use crate::people;
use crate::practice::dangling;
use crate::record::{self, Created};
use crate::removal::plan::{Fate, in_conflict, load};
use crate::removal::types::KindCount;
use crate::removal::{self, Given, kinds, marks, plan, tombstones};
use types::{Erasure, ErasureCreate, ErasureSubject, PersonErasureCreate, Receiver};

/// Whom an erasure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    Pseudonym,
    Person { with_records: bool },
}

/// Whether what stands in the way of an erasure counts. It did when it was asked for, and not when it is carried out again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keeping {
    Holds,
    Nothing,
}

/// Erases a pseudonym and what is about them, in the network whose row is taken.
pub fn of_pseudonym(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    body: &ErasureCreate,
) -> Result<Created<Erasure>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    if !store::has_pseudonym(tx, network_id, body.pseudonym_id)? {
        let buried = tombstones::among(tx, &[body.pseudonym_id])?;
        return Err(match buried.get(&body.pseudonym_id) {
            Some(lay_in) if *lay_in == network_id => tombstones::gone(),
            _ => Error::dangling(vec![dangling("pseudonymId", body.pseudonym_id)]),
        });
    }
    let erasure = Erasure {
        id: body.id.unwrap_or_default(),
        network_id,
        subject: ErasureSubject::Pseudonym,
        subject_id: body.pseudonym_id,
        with_records: true,
        cause: body.cause,
        counts: Json(Vec::new()),
        told: Json(Vec::new()),
        created_by: Some(person_id),
        created_at: tx.now,
        replayed_at: None,
        digest,
    };
    let (counts, told) = erase_in(tx, &given(tx, &erasure), Subject::Pseudonym, Keeping::Holds)?;
    keep(tx, Erasure { counts: Json(counts), told: Json(told), ..erasure })
}

/// Erases a person. The rows of the networks in which they left anything are taken here, after that of the server.
pub fn of_person(tx: &mut Tx<'_>, by: Id, body: &PersonErasureCreate) -> Result<Created<Erasure>> {
    let with_records = body.with_records.unwrap_or(false);
    let digest = tx.digest(body.id, Id::NIL, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == Id::NIL;
        return record::replay(stored, &digest, here);
    }
    if !people::is_person(tx, body.person_id)? {
        return Err(Error::dangling(vec![dangling("personId", body.person_id)]));
    }
    // What they wrote may be erased after they were.
    if store::was_erased(tx, ErasureSubject::Person, body.person_id, with_records)? {
        return Err(tombstones::gone());
    }
    if body.person_id == by {
        return Err(Error::conflict("oneself", "Administrators cannot erase themselves; ask another."));
    }
    let erasure = Erasure {
        id: body.id.unwrap_or_default(),
        network_id: Id::NIL,
        subject: ErasureSubject::Person,
        subject_id: body.person_id,
        with_records,
        cause: body.cause,
        counts: Json(Vec::new()),
        told: Json(Vec::new()),
        created_by: Some(by),
        created_at: tx.now,
        replayed_at: None,
        digest,
    };
    let networks = person::networks(tx, body.person_id)?;
    networks.iter().try_for_each(|network_id| tx.take(*network_id))?;
    let given = given(tx, &erasure);
    let (counts, told) = person::erase(tx, given, &networks, with_records, Keeping::Holds)?;
    keep(tx, Erasure { counts: Json(counts), told: Json(told), ..erasure })
}

fn given(tx: &Tx<'_>, erasure: &Erasure) -> Given {
    Given {
        network_id: erasure.network_id,
        subject_id: erasure.subject_id,
        removal_id: erasure.id,
        before: tx.now,
        now: tx.now,
    }
}

fn keep(tx: &mut Tx<'_>, erasure: Erasure) -> Result<Created<Erasure>> {
    store::insert(tx, &erasure)?;
    tx.note("created", &erasure);
    Ok(Created::fresh(erasure))
}

/// Erases what is about somebody in one network: how much of what, and who may have been told of it.
fn erase_in(
    tx: &mut Tx<'_>,
    given: &Given,
    subject: Subject,
    keeping: Keeping,
) -> Result<(Vec<KindCount>, Vec<Receiver>)> {
    plan::begin(tx)?;
    match subject {
        Subject::Pseudonym => marks::mark(tx, Fate::Removed, marks::OF_PSEUDONYM, given)?,
        Subject::Person { with_records } => {
            marks::mark(tx, Fate::Removed, marks::OF_PERSON, given)?;
            if with_records {
                marks::mark(tx, Fate::Removed, marks::BY_PERSON, given)?;
            }
        }
    }
    if keeping == Keeping::Nothing {
        // What was erased then may have been about somebody else in an older copy.
        let buried: Vec<marks::Mark> = kinds::ALL.map(|kind| (kind, marks::BURIED)).into();
        marks::mark(tx, Fate::Removed, &buried, given)?;
    }
    let counts = removal::complete(tx, given, subject == Subject::Pseudonym)?;
    if keeping == Keeping::Holds && !counts.is_empty() {
        not_held(tx, given)?;
    }
    let told = told(tx, given.network_id)?;
    removal::carry_out(tx, given, "erased")?;
    Ok((counts, told))
}

/// 409 where a legal hold keeps any of what would go or change.
fn not_held(tx: &mut Tx<'_>, given: &Given) -> Result<()> {
    let holds = legal_holds::active(tx, given.network_id)?;
    if holds.is_empty() {
        return Ok(());
    }
    if let Some(hold) = rules::keeps_all(&holds, given.subject_id) {
        return Err(held(hold));
    }
    marks::mark(tx, Fate::Held, &marks::held(), given)?;
    match in_conflict(tx)? {
        None => Ok(()),
        Some(record) => Err(rules::keeps(&holds, record.cycle_id).map_or(Error::NotFound, held)),
    }
}

fn told(tx: &mut Tx<'_>, network_id: Id) -> Result<Vec<Receiver>> {
    let planned = [load(tx, Fate::Removed)?, load(tx, Fate::Unlinked)?].concat();
    if planned.is_empty() {
        return Ok(Vec::new());
    }
    let mut cycles: Vec<Id> = planned.iter().filter_map(|record| record.cycle_id).collect();
    cycles.sort_unstable();
    cycles.dedup();
    let insights: Vec<Id> =
        planned.iter().filter(|record| record.is(kinds::INSIGHT)).map(|record| record.id).collect();
    Ok(store::told(tx, network_id, &cycles, &insights)?)
}
