//! Organisations in the database.

use super::types::Organisation;
use crate::access::{Locate, Place, Tx};
use crate::db::schema::organisations;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

crate::record_store!(organisations, Organisation);

/// An organisation by its id.
#[derive(Clone)]
pub struct OneOrganisation(pub Id);

impl Locate for OneOrganisation {
    type Found = Organisation;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Organisation, Place)>> {
        Ok(find(tx, self.0)?.map(|organisation| (organisation, Place::default())))
    }
}

pub fn list(tx: &mut Tx<'_>, page: &Page) -> QueryResult<Vec<Organisation>> {
    let query = newest_first!(organisations::table, page, organisations::created_at, organisations::id);
    query.load(tx.conn())
}
