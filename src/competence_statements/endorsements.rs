//! Saying the same of a peer.

use super::store::endorsements as store;
use super::types::{Endorsement, EndorsementCreate, EndorsementRow, StatementRow};
use crate::access::Tx;
use crate::disclosure;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::record::{self, Created};
use serde_json::json;

/// Endorses a statement that one sees: of somebody else, and once.
pub fn create(
    tx: &mut Tx<'_>,
    statement: &StatementRow,
    person_id: Id,
    body: &EndorsementCreate,
) -> Result<Created<Endorsement>> {
    let digest = tx.digest(body.id, statement.id, body)?;
    if let Some(stored) = body.id.map(|id| store::by_id(tx, id)).transpose()?.flatten() {
        let own = stored.statement_id == statement.id && stored.person_id == person_id;
        return record::replay(store::shown(tx, stored)?, &digest, own);
    }
    disclosure::not_retracted(tx, body.id)?;
    if statement.person_id == person_id {
        return Err(Error::conflict("oneself", "Nobody endorses themselves; ask a peer."));
    }
    if let Some(given) = store::by_person(tx, statement.id, person_id)? {
        let detail = "You have endorsed this statement already.";
        return Err(Error::conflict("already_endorsed", detail).with("endorsementId", json!(given)));
    }
    let row = EndorsementRow {
        id: body.id.unwrap_or_default(),
        statement_id: statement.id,
        person_id,
        level: statement.level,
        note: body.note.as_deref().map(Into::into),
        created_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &row)?;
    let endorsement = store::shown(tx, row)?;
    tx.note("created", &endorsement);
    Ok(Created::fresh(endorsement))
}

/// Takes an endorsement away: by who gave it, or by whom it was given to.
pub fn delete(tx: &mut Tx<'_>, row: EndorsementRow, if_match: &IfMatch) -> Result<()> {
    if_match.demand(row.version)?;
    let endorsement = store::shown(tx, row)?;
    store::delete(tx, endorsement.id)?;
    disclosure::retract(tx, &[endorsement.id])?;
    tx.note("deleted", &endorsement);
    Ok(())
}
