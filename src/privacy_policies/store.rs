//! Privacy policies in the database.

use super::types::PolicyRow;
use crate::access::Tx;
use crate::db::schema::privacy_policies;
use crate::ids::Id;
use diesel::prelude::*;

pub fn find(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Option<PolicyRow>> {
    privacy_policies::table
        .filter(privacy_policies::network_id.eq(network_id))
        .get_result(tx.conn())
        .optional()
}

/// Stores what holds from now on. The network's row is held since before it was read.
pub fn save(tx: &mut Tx<'_>, policy: &PolicyRow) -> QueryResult<()> {
    let stored = privacy_policies::table.filter(privacy_policies::network_id.eq(policy.network_id));
    if diesel::update(stored).set(policy).execute(tx.conn())? == 0 {
        diesel::insert_into(privacy_policies::table).values(policy).execute(tx.conn())?;
    }
    Ok(())
}
