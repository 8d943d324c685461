//! Organisations in the database.

use super::types::Organisation;
use crate::access::{Locate, Place, Tx};
use crate::db::schema::organisations;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
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
    let mut query = organisations::table
        .order((organisations::created_at.desc(), organisations::id.desc()))
        .limit(page.fetch())
        .into_boxed();
    if let Some((at, id)) = page.after {
        query = query
            .filter(organisations::created_at.le(at))
            .filter(organisations::created_at.lt(at).or(organisations::id.lt(id)));
    }
    query.load(tx.conn())
}
