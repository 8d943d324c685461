//! Batches that were carried out.

use super::outcome::SentBatch;
use crate::access::Tx;
use crate::db::schema::batches;
use crate::ids::Id;
use diesel::prelude::*;

pub fn find(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<SentBatch>> {
    batches::table.filter(batches::id.eq(id)).get_result(tx.conn()).optional()
}

pub fn insert(tx: &mut Tx<'_>, batch: &SentBatch) -> QueryResult<()> {
    diesel::insert_into(batches::table).values(batch).execute(tx.conn()).map(drop)
}
