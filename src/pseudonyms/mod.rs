//! Pseudonyms: who a record is about or speaks for, without saying who. The label is the server's, never a name.

pub mod api;
mod store;
pub mod types;

use crate::access::Tx;
use crate::edits::{self, Edit, Edited, Edits};
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::http::text::Text;
use crate::ids::Id;
use crate::record::Created;
use crate::run::{self, Outcomes, Run};
use std::collections::HashSet;
pub use store::OnePseudonym;
use types::{Pseudonym, PseudonymCreate, PseudonymPatch};

/// Letters and digits that are not mistaken for each other.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    author_id: Id,
    body: &PseudonymCreate,
) -> Result<Created<Pseudonym>> {
    run::only(create_stretch(tx, network_id, author_id, &[body])?)
}

/// Makes pseudonyms one after the other.
pub fn create_all(
    tx: &mut Tx<'_>,
    network_id: Id,
    author_id: Id,
    bodies: &[&PseudonymCreate],
) -> Result<Outcomes<Pseudonym>> {
    let keys = |body: &PseudonymCreate| Vec::from_iter(body.id);
    run::in_stretches(bodies, keys, |bodies| create_stretch(tx, network_id, author_id, bodies))
}

fn create_stretch(
    tx: &mut Tx<'_>,
    network_id: Id,
    author_id: Id,
    bodies: &[&PseudonymCreate],
) -> Result<Outcomes<Pseudonym>> {
    let now = tx.now;
    let make = |body: &PseudonymCreate, digest| {
        Ok(Pseudonym {
            network_id,
            id: body.id.unwrap_or_default(),
            // Given below, to those that are new.
            label: String::new(),
            age_band: body.age_band,
            area: body.area.as_deref().map(Into::into),
            created_by: author_id,
            created_at: now,
            updated_at: now,
            version: 1,
            digest,
        })
    };
    let here = |stored: &Pseudonym| stored.network_id == network_id;
    let mut run = Run::of(tx, network_id, bodies, store::find_all, here, make)?;
    let labels = free_labels(tx, network_id, run.fresh().len())?;
    run.fresh_mut().zip(labels).for_each(|(pseudonym, label)| pseudonym.label = label);
    store::insert_all(tx, &run.fresh())?;
    Ok(run.noted(tx))
}

pub fn update(
    tx: &mut Tx<'_>,
    pseudonym: Pseudonym,
    if_match: &IfMatch,
    patch: PseudonymPatch,
) -> Result<Pseudonym> {
    edits::only(update_all(tx, vec![Edit { record: pseudonym, if_match, body: &patch }])?)
}

/// Changes what is told of different pseudonyms.
pub fn update_all(
    tx: &mut Tx<'_>,
    edits: Vec<Edit<'_, Pseudonym, PseudonymPatch>>,
) -> Result<Edited<Pseudonym>> {
    let amend = |pseudonym: &mut Pseudonym, if_match: &IfMatch, patch: &PseudonymPatch| {
        if_match.demand(pseudonym.version)?;
        let patch = patch.clone();
        patch.age_band.apply(&mut pseudonym.age_band, |band| band);
        patch.area.apply(&mut pseudonym.area, Text::into_string);
        Ok(Some(()))
    };
    let mut edits = Edits::of(edits, amend);
    edits.save(tx, store::save_all)?;
    Ok(edits.noted(|changed| tx.note("updated", &changed.now)))
}

/// A pseudonym by its id, wherever it lies.
pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<Pseudonym>> {
    Ok(store::find(tx, id)?)
}

/// So many random labels that the network does not have: they tell nothing, not even an order.
fn free_labels(tx: &mut Tx<'_>, network_id: Id, count: usize) -> Result<Vec<String>> {
    let mut free = HashSet::new();
    for _ in 0..20 {
        let mut drawn = Vec::with_capacity(count - free.len());
        while free.len() + drawn.len() < count {
            drawn.push(random_label()?);
        }
        let taken = store::labels_among(tx, network_id, &drawn)?;
        free.extend(drawn.into_iter().filter(|label| !taken.contains(label)));
        if free.len() == count {
            return Ok(free.into_iter().collect());
        }
    }
    Err(Error::internal("no free pseudonym labels were found"))
}

fn random_label() -> Result<String> {
    let mut bytes = [0; 5];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    let label: String = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    Ok(format!("P-{label}"))
}
