//! Price lists: what events in people's lives and support cost, kept by organisations, version by version. What
//! calculations stand on is published, and then stays as it is.

pub mod api;
pub mod prices;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::db::types::Json;
use crate::error::Result;
use crate::http::precondition::IfMatch;
use crate::http::text::Text;
use crate::ids::Id;
use crate::record::{self, Created};
use crate::store::in_parts;
use prices::Price;
use types::{
    PriceImport, PriceList, PriceListCreate, PriceListPatch, PriceListState, PriceListVersion,
    PriceListVersionCreate, PriceListVersionPatch,
};

pub fn create(
    tx: &mut Tx<'_>,
    organisation_id: Id,
    person_id: Id,
    body: &PriceListCreate,
) -> Result<Created<PriceList>> {
    let digest = tx.digest(body.id, organisation_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.organisation_id == organisation_id;
        return record::replay(stored, &digest, here);
    }
    let list = PriceList {
        id: body.id.unwrap_or_default(),
        organisation_id,
        name: body.name.to_string(),
        description: body.description.as_deref().map(Into::into),
        created_by: person_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &list)?;
    tx.note("created", &list);
    Ok(Created::fresh(list))
}

pub fn update(
    tx: &mut Tx<'_>,
    mut list: PriceList,
    if_match: &IfMatch,
    patch: PriceListPatch,
) -> Result<PriceList> {
    if_match.demand(list.version)?;
    patch.name.apply(&mut list.name, Text::into_string);
    patch.description.apply(&mut list.description, Text::into_string);
    store::save(tx, &mut list)?;
    tx.note("updated", &list);
    Ok(list)
}

/// Drafts the next version of a list. The row of what belongs to no network is held, so that each number is given once.
pub fn create_version(
    tx: &mut Tx<'_>,
    list: &PriceList,
    person_id: Id,
    body: &PriceListVersionCreate,
) -> Result<Created<PriceListVersion>> {
    let digest = tx.digest(body.id, list.id, body)?;
    if let Some(stored) = body.id.map(|id| store::versions::find(tx, id)).transpose()?.flatten() {
        let here = stored.price_list_id == list.id;
        return record::replay(stored, &digest, here);
    }
    let version = PriceListVersion {
        id: body.id.unwrap_or_default(),
        price_list_id: list.id,
        number: store::last_number(tx, list.id)? + 1,
        valid_from_on: body.valid_from_on.into(),
        note: body.note.as_deref().map(Into::into),
        prices: Json(body.prices.as_deref().unwrap_or_default().to_vec()),
        state: PriceListState::Draft,
        published_at: None,
        created_by: person_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::versions::insert(tx, &version)?;
    tx.note("created", &version);
    Ok(Created::fresh(version))
}

/// Changes a draft.
pub fn update_version(
    tx: &mut Tx<'_>,
    mut version: PriceListVersion,
    if_match: &IfMatch,
    patch: PriceListVersionPatch,
) -> Result<PriceListVersion> {
    if_match.demand(version.version)?;
    rules::amend(&mut version, patch)?;
    store::versions::save(tx, &mut version)?;
    tx.note("updated", &version);
    Ok(version)
}

/// Puts the prices of a file in the place of those of a draft.
pub fn import(
    tx: &mut Tx<'_>,
    mut version: PriceListVersion,
    if_match: &IfMatch,
    prices: Vec<Price>,
) -> Result<PriceImport> {
    if_match.demand(version.version)?;
    let import = rules::take(&mut version, prices)?;
    store::versions::save(tx, &mut version)?;
    tx.note("updated", &version);
    Ok(PriceImport { version: version.version, ..import })
}

/// Publishes a draft: from then on it never changes.
pub fn publish(
    tx: &mut Tx<'_>,
    mut version: PriceListVersion,
    if_match: &IfMatch,
) -> Result<PriceListVersion> {
    if_match.demand(version.version)?;
    rules::publish(&mut version, tx.now)?;
    store::versions::save(tx, &mut version)?;
    tx.note("published", &version);
    Ok(version)
}

/// A published version, with the name of its list.
#[derive(Clone, Debug)]
pub struct Published {
    pub version: PriceListVersion,
    pub list_name: String,
}

/// Those of `ids` that are published versions, in no order.
pub fn published(tx: &mut Tx<'_>, ids: &[Id]) -> Result<Vec<Published>> {
    let found = in_parts(ids, |part| store::published(tx, part))?.into_iter();
    Ok(found.map(|(version, list_name)| Published { version, list_name }).collect())
}

/// A version by its id, whoever may see it.
pub fn find_version(tx: &mut Tx<'_>, id: Id) -> Result<Option<PriceListVersion>> {
    Ok(store::versions::find(tx, id)?)
}
