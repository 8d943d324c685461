//! Legal holds: what may not be removed for now, whatever retention says, and not be erased either (GDPR, article 17(3)(e)).

pub mod api;
mod store;
pub mod types;

use crate::access::Tx;
use crate::edits::Edit;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{all_found, dangling};
use crate::record::{self, Created};
use crate::transitions::move_one;
use types::{LegalHold, LegalHoldCreate, LegalHoldState, LegalHoldTransition};

/// Sets a hold.
pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    body: &LegalHoldCreate,
) -> Result<Created<LegalHold>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let mut faults = Vec::new();
    if let Some(id) = body.cycle_id
        && !store::has_cycle(tx, network_id, id)?
    {
        faults.push(dangling("cycleId", id));
    }
    if let Some(id) = body.pseudonym_id
        && !store::has_pseudonym(tx, network_id, id)?
    {
        faults.push(dangling("pseudonymId", id));
    }
    all_found(faults)?;
    let hold = LegalHold {
        id: body.id.unwrap_or_default(),
        network_id,
        cycle_id: body.cycle_id,
        pseudonym_id: body.pseudonym_id,
        reason: body.reason.to_string(),
        state: LegalHoldState::Active,
        state_reason: None,
        created_by: person_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &hold)?;
    tx.note("created", &hold);
    Ok(Created::fresh(hold))
}

/// Lifts a hold: what it kept is removed again when it is due.
pub fn lift(
    tx: &mut Tx<'_>,
    hold: LegalHold,
    person_id: Id,
    if_match: &IfMatch,
    body: &LegalHoldTransition,
) -> Result<LegalHold> {
    move_one(tx, person_id, Edit { record: hold, if_match, body }, store::save)
}

/// The holds that are active in a network, the oldest first.
pub fn active(tx: &mut Tx<'_>, network_id: Id) -> Result<Vec<LegalHold>> {
    Ok(store::active(tx, network_id)?)
}

/// 409 for what a hold keeps.
pub fn held(hold: &LegalHold) -> Error {
    let detail = "A legal hold keeps it. Nothing under it is removed until it is lifted.";
    Error::conflict("legal_hold", detail).with("legalHoldId", hold.id.to_string())
}
