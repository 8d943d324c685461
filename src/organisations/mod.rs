//! Organisations: the partners that people come from and whose rules actions challenge.

pub mod api;
mod store;
pub mod types;

use crate::access::Tx;
use crate::error::Result;
use crate::http::precondition::IfMatch;
use crate::http::text::Text;
use crate::ids::Id;
use crate::record::{self, Created};
use types::{Organisation, OrganisationCreate, OrganisationPatch};

pub fn create(tx: &mut Tx<'_>, body: &OrganisationCreate) -> Result<Created<Organisation>> {
    let digest = tx.digest(body.id, Id::NIL, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        return record::replay(stored, &digest, true);
    }
    let organisation = Organisation {
        id: body.id.unwrap_or_default(),
        name: body.name.to_string(),
        kind: body.kind,
        locality: body.locality.as_deref().map(Into::into),
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &organisation)?;
    tx.note("created", &organisation);
    Ok(Created::fresh(organisation))
}

pub fn update(
    tx: &mut Tx<'_>,
    mut organisation: Organisation,
    if_match: &IfMatch,
    patch: OrganisationPatch,
) -> Result<Organisation> {
    if_match.demand(organisation.version)?;
    patch.name.apply(&mut organisation.name, Text::into_string);
    patch.kind.apply(&mut organisation.kind, |kind| kind);
    patch.locality.apply(&mut organisation.locality, Text::into_string);
    store::save(tx, &mut organisation)?;
    tx.note("updated", &organisation);
    Ok(organisation)
}
