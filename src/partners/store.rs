//! Partners in the database.

use super::types::{Partner, PartnerFilter};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{organisations, partners};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

crate::record_store!(partners, Partner);

/// A partner by its id.
#[derive(Clone)]
pub struct OnePartner(pub Id);

impl Locate for OnePartner {
    type Found = Partner;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Partner, Place)>> {
        Ok(find(tx, self.0)?.map(|partner| {
            let place = Place::network(partner.network_id);
            (partner, place)
        }))
    }
}

pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    filter: &PartnerFilter,
    page: &Page,
) -> QueryResult<Vec<Partner>> {
    let mut query = newest_first!(
        partners::table.filter(partners::network_id.eq(network_id)),
        page,
        partners::created_at,
        partners::id
    );
    if let Some(role) = filter.role {
        query = query.filter(partners::role.eq(role));
    }
    if let Some(organisation_id) = filter.organisation_id {
        query = query.filter(partners::organisation_id.eq(organisation_id));
    }
    query.load(tx.conn())
}

/// The network's other partners whose terms meet this one's. Who ended before beginning was never there.
pub fn at_the_same_time(tx: &mut Tx<'_>, partner: &Partner) -> QueryResult<Vec<Partner>> {
    let mut query = partners::table
        .filter(partners::network_id.eq(partner.network_id))
        .filter(partners::id.ne(partner.id))
        .filter(partners::ends_at.is_null().or(partners::ends_at.gt(partner.starts_at)))
        .filter(partners::ends_at.is_null().or(partners::ends_at.gt(partners::starts_at.nullable())))
        .order(partners::id)
        .into_boxed();
    if let Some(ends_at) = partner.ends_at {
        query = query.filter(partners::starts_at.lt(ends_at));
    }
    query.load(tx.conn())
}

pub fn organisation_stands(tx: &mut Tx<'_>, id: Id) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(organisations::table.filter(organisations::id.eq(id))))
        .get_result(tx.conn())
}
