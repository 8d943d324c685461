//! The catalogue of competences: the whole server's, which networks extend with their own.

pub mod api;
mod store;
pub mod types;

pub use store::OneCompetence;

use crate::access::Tx;
use crate::error::Result;
use crate::http::precondition::IfMatch;
use crate::http::text::Text;
use crate::ids::Id;
use crate::record::{self, Created};
use crate::store::in_parts;
use types::{Competence, CompetenceCreate, CompetencePatch};

/// Adds a competence to the server's catalogue, or to a network's.
pub fn create(
    tx: &mut Tx<'_>,
    network_id: Option<Id>,
    author_id: Id,
    body: &CompetenceCreate,
) -> Result<Created<Competence>> {
    let digest = tx.digest(body.id, network_id.unwrap_or(Id::NIL), body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let competence = Competence {
        id: body.id.unwrap_or_default(),
        network_id,
        name: body.name.to_string(),
        description: body.description.as_deref().map(Into::into),
        created_by: author_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &competence)?;
    tx.note("created", &competence);
    Ok(Created::fresh(competence))
}

pub fn update(
    tx: &mut Tx<'_>,
    mut competence: Competence,
    if_match: &IfMatch,
    patch: CompetencePatch,
) -> Result<Competence> {
    if_match.demand(competence.version)?;
    patch.name.apply(&mut competence.name, Text::into_string);
    patch.description.apply(&mut competence.description, Text::into_string);
    store::save(tx, &mut competence)?;
    tx.note("updated", &competence);
    Ok(competence)
}

/// Those of `ids` that somebody can let a question of this network ask for: a guest of a cycle does not see all of its
/// network's own.
pub fn standing_in(tx: &mut Tx<'_>, viewer: Id, network_id: Id, ids: &[Id]) -> Result<Vec<Id>> {
    let standing = in_parts(ids, |part| {
        let seen = store::seen(tx, viewer, part)?;
        store::standing_in(tx, network_id, &seen)
    });
    Ok(standing?)
}

/// Whether somebody sees a competence: see [`store::seen`].
pub fn is_seen(tx: &mut Tx<'_>, viewer: Id, id: Id) -> Result<bool> {
    Ok(!store::seen(tx, viewer, &[id])?.is_empty())
}
