//! Networks in the database.

use super::types::Network;
use crate::access::{Locate, Place, Tx, member_at};
use crate::db::schema::{members, networks};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

crate::record_store!(networks, Network);

/// A network by its id, whole.
#[derive(Clone)]
pub struct OneNetwork(pub Id);

impl Locate for OneNetwork {
    type Found = Network;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Network, Place)>> {
        Ok(find(tx, self.0)?.map(|network| {
            let place = Place::network(network.id);
            (network, place)
        }))
    }
}

/// Where a network is made: below a parent, or at the top.
#[derive(Clone)]
pub struct Below(pub Option<Id>);

impl Locate for Below {
    type Found = ();

    fn locate(&self, _: &mut Tx<'_>) -> Result<Option<((), Place)>> {
        // What is to be at the top lies in no network yet, whose policy could hold: the usual does.
        let top = Place { texts_of: Some(Id::NIL), ..Place::default() };
        Ok(Some(((), self.0.map_or(top, Place::network))))
    }
}

/// The networks that somebody is a member of today.
pub fn list(tx: &mut Tx<'_>, person_id: Id, page: &Page) -> QueryResult<Vec<Network>> {
    let now = tx.now;
    let mine = members::table
        .filter(members::person_id.eq(person_id))
        .filter(member_at(now))
        .select(members::network_id);
    let query = newest_first!(
        networks::table.filter(networks::id.eq_any(mine)),
        page,
        networks::created_at,
        networks::id
    );
    query.load(tx.conn())
}
