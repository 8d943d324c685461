//! Guarded names in the database.

use super::types::GuardedName;
use crate::access::{Locate, Place, Tx};
use crate::db::schema::guarded_names;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

/// A name by its id.
#[derive(Clone)]
pub struct OneGuardedName(pub Id);

impl Locate for OneGuardedName {
    type Found = GuardedName;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(GuardedName, Place)>> {
        Ok(find(tx, self.0)?.map(|name| {
            let place = Place::network(name.network_id);
            (name, place)
        }))
    }
}

pub fn find(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<GuardedName>> {
    guarded_names::table.filter(guarded_names::id.eq(id)).get_result(tx.conn()).optional()
}

pub fn insert(tx: &mut Tx<'_>, name: &GuardedName) -> QueryResult<()> {
    diesel::insert_into(guarded_names::table).values(name).execute(tx.conn()).map(drop)
}

pub fn delete(tx: &mut Tx<'_>, id: Id) -> QueryResult<()> {
    diesel::delete(guarded_names::table.filter(guarded_names::id.eq(id))).execute(tx.conn()).map(drop)
}

pub fn list(tx: &mut Tx<'_>, network_id: Id, page: &Page) -> QueryResult<Vec<GuardedName>> {
    let query = newest_first!(
        guarded_names::table.filter(guarded_names::network_id.eq(network_id)),
        page,
        guarded_names::created_at,
        guarded_names::id
    );
    query.load(tx.conn())
}

pub fn count(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<i64> {
    guarded_names::table.filter(guarded_names::network_id.eq(network_id)).count().get_result(tx.conn())
}

/// All names of a network, as they were written.
pub fn names(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Vec<String>> {
    guarded_names::table
        .filter(guarded_names::network_id.eq(network_id))
        .select(guarded_names::name)
        .load(tx.conn())
}
