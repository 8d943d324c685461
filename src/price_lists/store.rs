//! Price lists and their versions in the database.

use super::types::{PriceList, PriceListState, PriceListVersion, PriceListVersionSummary};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{organisations, price_list_versions, price_lists};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use crate::people::{self, types::SystemRole};
use diesel::prelude::*;

crate::record_store!(price_lists, PriceList);

/// The versions of price lists.
pub mod versions {
    use super::{PriceListVersion, price_list_versions};
    crate::record_store!(price_list_versions, PriceListVersion);
}

/// The organisation whose price lists are asked for.
#[derive(Clone)]
pub struct OfOrganisation(pub Id);

impl Locate for OfOrganisation {
    type Found = Id;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Id, Place)>> {
        let id: Option<Id> = organisations::table
            .filter(organisations::id.eq(self.0))
            .select(organisations::id)
            .get_result(tx.conn())
            .optional()?;
        Ok(id.map(|id| (id, Place::default())))
    }
}

/// A price list by its id.
#[derive(Clone)]
pub struct OnePriceList(pub Id);

impl Locate for OnePriceList {
    type Found = PriceList;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(PriceList, Place)>> {
        Ok(find(tx, self.0)?.map(|list| (list, Place::default())))
    }
}

/// A version by its id. A draft is shown to administrators, who keep the lists together.
#[derive(Clone)]
pub struct OneVersion(pub Id);

impl Locate for OneVersion {
    type Found = PriceListVersion;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(PriceListVersion, Place)>> {
        let Some(version) = versions::find(tx, self.0)? else { return Ok(None) };
        let private = version.state == PriceListState::Draft;
        let viewer = tx.acting.filter(|_| private).map(|id| people::find(tx, id)).transpose()?.flatten();
        let admin = viewer.filter(|person| person.system_role == SystemRole::Admin);
        let shown_to = admin.map(|person| person.id).into_iter().collect();
        Ok(Some((version, Place { private, shown_to, ..Place::default() })))
    }
}

pub fn list(tx: &mut Tx<'_>, organisation_id: Id, page: &Page) -> QueryResult<Vec<PriceList>> {
    let query = newest_first!(
        price_lists::table.filter(price_lists::organisation_id.eq(organisation_id)),
        page,
        price_lists::created_at,
        price_lists::id
    );
    query.load(tx.conn())
}

/// The versions of a list in these states.
pub fn list_versions(
    tx: &mut Tx<'_>,
    price_list_id: Id,
    states: &[PriceListState],
    page: &Page,
) -> QueryResult<Vec<PriceListVersionSummary>> {
    let query = newest_first!(
        price_list_versions::table
            .filter(price_list_versions::price_list_id.eq(price_list_id))
            .filter(price_list_versions::state.eq_any(states))
            .select((
                price_list_versions::id,
                price_list_versions::price_list_id,
                price_list_versions::number,
                price_list_versions::valid_from_on,
                price_list_versions::note,
                price_list_versions::state,
                price_list_versions::published_at,
                price_list_versions::created_at,
                price_list_versions::version,
            )),
        page,
        price_list_versions::created_at,
        price_list_versions::id
    );
    query.load(tx.conn())
}

/// The number of a list's newest version; 0 before the first.
pub fn last_number(tx: &mut Tx<'_>, price_list_id: Id) -> QueryResult<i32> {
    let last: Option<i32> = price_list_versions::table
        .filter(price_list_versions::price_list_id.eq(price_list_id))
        .select(diesel::dsl::max(price_list_versions::number))
        .get_result(tx.conn())?;
    Ok(last.unwrap_or(0))
}

/// Those of `ids` that are published, each with the name of its list.
pub fn published(tx: &mut Tx<'_>, ids: &[Id]) -> QueryResult<Vec<(PriceListVersion, String)>> {
    price_list_versions::table
        .inner_join(price_lists::table.on(price_lists::id.eq(price_list_versions::price_list_id)))
        .filter(price_list_versions::id.eq_any(ids))
        .filter(price_list_versions::state.eq(PriceListState::Published))
        .select((price_list_versions::all_columns, price_lists::name))
        .load(tx.conn())
}
