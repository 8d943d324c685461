//! Emergency accesses in the database. Whether somebody has one at the moment of a request is asked by `access`.

use super::types::EmergencyAccess;
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{emergency_accesses, networks};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::dsl::exists;
use diesel::prelude::*;

crate::record_store!(emergency_accesses, EmergencyAccess);

/// A network, as administrators find it who are no members of it.
#[derive(Clone)]
pub struct BehindGlass(pub Id);

impl Locate for BehindGlass {
    type Found = Id;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Id, Place)>> {
        let there: bool =
            diesel::select(exists(networks::table.filter(networks::id.eq(self.0)))).get_result(tx.conn())?;
        Ok(there.then(|| (self.0, Place { for_admins: true, ..Place::network(self.0) })))
    }
}

/// An emergency access by its id. It is its administrator's, who need not be a member of the network.
#[derive(Clone)]
pub struct OneEmergencyAccess(pub Id);

impl Locate for OneEmergencyAccess {
    type Found = EmergencyAccess;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(EmergencyAccess, Place)>> {
        Ok(find(tx, self.0)?.map(|access| {
            let place = Place { for_admins: true, ..Place::network(access.network_id).by(access.person_id) };
            (access, place)
        }))
    }
}

pub fn list(tx: &mut Tx<'_>, network_id: Id, page: &Page) -> QueryResult<Vec<EmergencyAccess>> {
    let query = newest_first!(
        emergency_accesses::table.filter(emergency_accesses::network_id.eq(network_id)),
        page,
        emergency_accesses::created_at,
        emergency_accesses::id
    );
    query.load(tx.conn())
}

/// Whether somebody has one in a network that goes on. Its row is held: no other begins meanwhile.
pub fn has_open(tx: &mut Tx<'_>, network_id: Id, person_id: Id) -> QueryResult<bool> {
    let open = emergency_accesses::table
        .filter(emergency_accesses::network_id.eq(network_id))
        .filter(emergency_accesses::person_id.eq(person_id))
        .filter(emergency_accesses::ended_at.is_null())
        .filter(emergency_accesses::expires_at.gt(tx.now));
    diesel::select(exists(open)).get_result(tx.conn())
}
