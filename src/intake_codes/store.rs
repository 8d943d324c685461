//! Intake codes in the database.

use super::types::IntakeCodeRow;
use crate::access::{Locate, Place, Tx};
use crate::db::schema::intake_codes;
use crate::error::{Error, Result};
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use crate::pseudonyms::types::Pseudonym;
use diesel::prelude::*;

/// A code by its id.
#[derive(Clone)]
pub struct OneIntakeCode(pub Id);

impl Locate for OneIntakeCode {
    type Found = IntakeCodeRow;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(IntakeCodeRow, Place)>> {
        Ok(find(tx, self.0)?.map(|code| {
            let place = Place::network(code.network_id);
            (code, place)
        }))
    }
}

pub fn find(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<IntakeCodeRow>> {
    intake_codes::table.filter(intake_codes::id.eq(id)).get_result(tx.conn()).optional()
}

/// The code with this digest, while it is good.
pub fn good(tx: &mut Tx<'_>, hash: &[u8]) -> QueryResult<Option<IntakeCodeRow>> {
    intake_codes::table
        .filter(intake_codes::code_hash.eq(hash.to_vec()))
        .filter(intake_codes::revoked_at.is_null())
        .get_result(tx.conn())
        .optional()
}

/// Those of a pseudonym that are good: one, or none.
pub fn good_of(tx: &mut Tx<'_>, pseudonym: &Pseudonym) -> QueryResult<Vec<IntakeCodeRow>> {
    intake_codes::table
        .filter(intake_codes::network_id.eq(pseudonym.network_id))
        .filter(intake_codes::pseudonym_id.eq(pseudonym.id))
        .filter(intake_codes::revoked_at.is_null())
        .load(tx.conn())
}

pub fn insert(tx: &mut Tx<'_>, code: &IntakeCodeRow) -> QueryResult<()> {
    diesel::insert_into(intake_codes::table).values(code).execute(tx.conn()).map(drop)
}

/// Marks a code as revoked now; 412 where another version is stored by now.
pub fn revoke(tx: &mut Tx<'_>, code: &mut IntakeCodeRow) -> Result<()> {
    let read = code.version;
    code.version += 1;
    code.revoked_at = Some(tx.now);
    let same = intake_codes::table
        .filter(intake_codes::network_id.eq(code.network_id))
        .filter(intake_codes::id.eq(code.id))
        .filter(intake_codes::version.eq(read));
    let set = (intake_codes::revoked_at.eq(code.revoked_at), intake_codes::version.eq(code.version));
    match diesel::update(same).set(set).execute(tx.conn())? {
        1 => Ok(()),
        _ => Err(Error::VersionMismatch { stored: read + 1 }),
    }
}

/// The codes of a pseudonym, newest first.
pub fn list(tx: &mut Tx<'_>, pseudonym: &Pseudonym, page: &Page) -> QueryResult<Vec<IntakeCodeRow>> {
    let query = newest_first!(
        intake_codes::table
            .filter(intake_codes::network_id.eq(pseudonym.network_id))
            .filter(intake_codes::pseudonym_id.eq(pseudonym.id)),
        page,
        intake_codes::created_at,
        intake_codes::id
    );
    query.load(tx.conn())
}
