//! Invitations in the database.

use super::types::InvitationRow;
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{invitations, networks};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::networks::types::NetworkState;
use crate::newest_first;
use diesel::prelude::*;

/// An invitation by its id.
#[derive(Clone)]
pub struct OneInvitation(pub Id);

impl Locate for OneInvitation {
    type Found = InvitationRow;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(InvitationRow, Place)>> {
        Ok(find(tx, self.0)?.map(|invitation| {
            let place = Place::network(invitation.network_id);
            (invitation, place)
        }))
    }
}

pub fn find(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<InvitationRow>> {
    invitations::table.filter(invitations::id.eq(id)).get_result(tx.conn()).optional()
}

pub fn by_token(tx: &mut Tx<'_>, hash: &[u8]) -> QueryResult<Option<InvitationRow>> {
    invitations::table.filter(invitations::token_hash.eq(hash.to_vec())).get_result(tx.conn()).optional()
}

pub fn insert(tx: &mut Tx<'_>, invitation: &InvitationRow) -> QueryResult<()> {
    diesel::insert_into(invitations::table).values(invitation).execute(tx.conn()).map(drop)
}

pub fn delete(tx: &mut Tx<'_>, id: Id) -> QueryResult<()> {
    diesel::delete(invitations::table.filter(invitations::id.eq(id))).execute(tx.conn()).map(drop)
}

/// Marks an invitation as accepted, if nobody has.
pub fn mark_accepted(tx: &mut Tx<'_>, id: Id) -> QueryResult<bool> {
    let now = tx.now;
    let open = invitations::table.filter(invitations::id.eq(id)).filter(invitations::accepted_at.is_null());
    Ok(diesel::update(open).set(invitations::accepted_at.eq(now)).execute(tx.conn())? == 1)
}

pub fn is_archived(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<bool> {
    let archived = networks::table
        .filter(networks::id.eq(network_id))
        .filter(networks::state.eq(NetworkState::Archived));
    diesel::select(diesel::dsl::exists(archived)).get_result(tx.conn())
}

pub fn list(tx: &mut Tx<'_>, network_id: Id, page: &Page) -> QueryResult<Vec<InvitationRow>> {
    let query = newest_first!(
        invitations::table.filter(invitations::network_id.eq(network_id)),
        page,
        invitations::created_at,
        invitations::id
    );
    query.load(tx.conn())
}
