//! Pseudonyms: who a record is about or speaks for, without saying who. The label is the server's, never a name.

pub mod api;
mod store;
pub mod types;

use crate::access::Tx;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::http::text::Text;
use crate::ids::Id;
use crate::record::{self, Created};
use types::{Pseudonym, PseudonymCreate, PseudonymPatch};

/// Letters and digits that are not mistaken for each other.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    author_id: Id,
    body: &PseudonymCreate,
) -> Result<Created<Pseudonym>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let pseudonym = Pseudonym {
        network_id,
        id: body.id.unwrap_or_default(),
        label: free_label(tx, network_id)?,
        age_band: body.age_band,
        area: body.area.as_deref().map(Into::into),
        created_by: author_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &pseudonym)?;
    tx.note("created", &pseudonym);
    Ok(Created::fresh(pseudonym))
}

pub fn update(
    tx: &mut Tx<'_>,
    mut pseudonym: Pseudonym,
    if_match: &IfMatch,
    patch: PseudonymPatch,
) -> Result<Pseudonym> {
    if_match.demand(pseudonym.version)?;
    patch.age_band.apply(&mut pseudonym.age_band, |band| band);
    patch.area.apply(&mut pseudonym.area, Text::into_string);
    store::save(tx, &mut pseudonym)?;
    tx.note("updated", &pseudonym);
    Ok(pseudonym)
}

/// A random label that the network does not have: it tells nothing, not even an order.
fn free_label(tx: &mut Tx<'_>, network_id: Id) -> Result<String> {
    for _ in 0..20 {
        let mut bytes = [0; 5];
        getrandom::fill(&mut bytes).map_err(Error::internal)?;
        let label: String = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        let label = format!("P-{label}");
        if !store::has_label(tx, network_id, &label)? {
            return Ok(label);
        }
    }
    Err(Error::internal("no free pseudonym label was found"))
}
