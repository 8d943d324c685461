//! Identities in the database.

use super::types::Identity;
use crate::access::{Locate, Place, Tx};
use crate::db::schema::identities;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use crate::oidc::Subject;
use diesel::prelude::*;

/// An identity by its id, as far as the caller sees it: their own, and all to administrators.
#[derive(Clone)]
pub struct OneIdentity(pub Id);

impl Locate for OneIdentity {
    type Found = Identity;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Identity, Place)>> {
        Ok(find(tx, self.0)?.map(|identity| {
            let shown_to = vec![identity.person_id];
            (identity, Place { private: true, shown_to, for_admins: true, ..Place::default() })
        }))
    }
}

pub fn find(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<Identity>> {
    identities::table.filter(identities::id.eq(id)).get_result(tx.conn()).optional()
}

pub fn by_subject(tx: &mut Tx<'_>, subject: &Subject) -> QueryResult<Option<Identity>> {
    identities::table
        .filter(identities::issuer.eq(subject.issuer.to_string()))
        .filter(identities::subject.eq(subject.subject.clone()))
        .get_result(tx.conn())
        .optional()
}

/// Those of a person, newest first.
pub fn list(tx: &mut Tx<'_>, person_id: Id, page: &Page) -> QueryResult<Vec<Identity>> {
    let query = newest_first!(
        identities::table.filter(identities::person_id.eq(person_id)),
        page,
        identities::created_at,
        identities::id
    );
    query.load(tx.conn())
}

pub fn insert(tx: &mut Tx<'_>, identity: &Identity) -> QueryResult<()> {
    diesel::insert_into(identities::table).values(identity).execute(tx.conn()).map(drop)
}

pub fn delete(tx: &mut Tx<'_>, id: Id) -> QueryResult<()> {
    diesel::delete(identities::table.filter(identities::id.eq(id))).execute(tx.conn()).map(drop)
}
