//! Links to pages about pseudonyms, in the database.

use super::types::CitizenLinkRow;
use crate::access::{Locate, Place, Tx};
use crate::db::schema::citizen_links;
use crate::error::{Error, Result};
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use crate::pseudonyms::types::Pseudonym;
use diesel::prelude::*;

/// A link by its id.
#[derive(Clone)]
pub struct OneCitizenLink(pub Id);

impl Locate for OneCitizenLink {
    type Found = CitizenLinkRow;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(CitizenLinkRow, Place)>> {
        Ok(find(tx, self.0)?.map(|link| {
            let place = Place::network(link.network_id);
            (link, place)
        }))
    }
}

pub fn find(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<CitizenLinkRow>> {
    citizen_links::table.filter(citizen_links::id.eq(id)).get_result(tx.conn()).optional()
}

pub fn by_token(tx: &mut Tx<'_>, hash: &[u8]) -> QueryResult<Option<CitizenLinkRow>> {
    citizen_links::table.filter(citizen_links::token_hash.eq(hash.to_vec())).get_result(tx.conn()).optional()
}

pub fn insert(tx: &mut Tx<'_>, link: &CitizenLinkRow) -> QueryResult<()> {
    diesel::insert_into(citizen_links::table).values(link).execute(tx.conn()).map(drop)
}

/// Marks a link as revoked now; 412 where another version is stored by now.
pub fn revoke(tx: &mut Tx<'_>, link: &mut CitizenLinkRow) -> Result<()> {
    let read = link.version;
    link.version += 1;
    link.revoked_at = Some(tx.now);
    let same = citizen_links::table
        .filter(citizen_links::network_id.eq(link.network_id))
        .filter(citizen_links::id.eq(link.id))
        .filter(citizen_links::version.eq(read));
    let set = (citizen_links::revoked_at.eq(link.revoked_at), citizen_links::version.eq(link.version));
    match diesel::update(same).set(set).execute(tx.conn())? {
        1 => Ok(()),
        _ => Err(Error::VersionMismatch { stored: read + 1 }),
    }
}

/// The links of a pseudonym, newest first.
pub fn list(tx: &mut Tx<'_>, pseudonym: &Pseudonym, page: &Page) -> QueryResult<Vec<CitizenLinkRow>> {
    let query = newest_first!(
        citizen_links::table
            .filter(citizen_links::network_id.eq(pseudonym.network_id))
            .filter(citizen_links::pseudonym_id.eq(pseudonym.id)),
        page,
        citizen_links::created_at,
        citizen_links::id
    );
    query.load(tx.conn())
}
