//! Intake codes: what a citizen was given, so that they are known as the one whom a pseudonym stands for without saying who they
//! are. One is good at a time: another takes its place.

pub mod api;
pub mod code;
mod store;
pub mod types;

use crate::access::Tx;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::pseudonyms::types::Pseudonym;
use crate::record::{self, Created};
use code::IntakeCode;
use types::{IntakeCodeCreate, IntakeCodeRow, IssuedCode};

/// Issues a code; the one that was good before is good no longer. A resend is answered without the code, which nobody but the
/// citizen knows any more.
pub fn create(
    tx: &mut Tx<'_>,
    pseudonym: &Pseudonym,
    author_id: Id,
    body: &IntakeCodeCreate,
) -> Result<Created<IssuedCode>> {
    let digest = tx.digest(body.id, pseudonym.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.pseudonym_id == pseudonym.id;
        return record::replay(stored.shown(None), &digest, here);
    }
    for former in store::good_of(tx, pseudonym)? {
        end(tx, former)?;
    }
    let code = IntakeCode::random()?;
    let row = IntakeCodeRow {
        id: body.id.unwrap_or_default(),
        network_id: pseudonym.network_id,
        pseudonym_id: pseudonym.id,
        code_hash: code.hash(),
        created_by: author_id,
        created_at: tx.now,
        revoked_at: None,
        version: 1,
        digest,
    };
    store::insert(tx, &row)?;
    // What is kept of a change must not hold the code.
    tx.note("created", &row.clone().shown(None));
    Ok(Created::fresh(row.shown(Some(code))))
}

/// Revokes a code.
pub fn revoke(tx: &mut Tx<'_>, row: IntakeCodeRow, if_match: &IfMatch) -> Result<()> {
    if_match.demand(row.version)?;
    if row.revoked_at.is_some() {
        return Err(Error::conflict("revoked", "The code was revoked before, or another was issued."));
    }
    end(tx, row)
}

fn end(tx: &mut Tx<'_>, mut row: IntakeCodeRow) -> Result<()> {
    store::revoke(tx, &mut row)?;
    tx.note("revoked", &row.shown(None));
    Ok(())
}

/// The network and the pseudonym that a code is good for.
pub fn good_for(tx: &mut Tx<'_>, code: &IntakeCode) -> Result<Option<(Id, Id)>> {
    Ok(store::good(tx, &code.hash())?.map(|row| (row.network_id, row.pseudonym_id)))
}
