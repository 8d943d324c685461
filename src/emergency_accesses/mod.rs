//! Breaking the glass: an administrator, who runs the server and reads no notes, reads a network's for a stated cause and a
//! limited time, as a member with the role `reader` would, and writes nothing. The network sees that it happened and why.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::edits::Edit;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::record::{self, Created};
use crate::transitions::move_one;
use chrono::Duration;
use types::{EmergencyAccess, EmergencyAccessCreate, EmergencyAccessTransition, Ending};

/// Begins one; 409 while the administrator has another in the network.
pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    body: &EmergencyAccessCreate,
) -> Result<Created<EmergencyAccess>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let theirs = stored.network_id == network_id && stored.person_id == person_id;
        return record::replay(stored, &digest, theirs);
    }
    if store::has_open(tx, network_id, person_id)? {
        let detail = "You have an emergency access to this network. End it, or wait for its end, before you begin another.";
        return Err(Error::conflict("emergency_access_open", detail));
    }
    let hours = body.hours.map_or(rules::USUAL_HOURS, |hours| hours.0);
    let access = EmergencyAccess {
        id: body.id.unwrap_or_default(),
        network_id,
        person_id,
        cause: body.cause.as_str().to_owned(),
        created_at: tx.now,
        updated_at: tx.now,
        expires_at: tx.now.plus(Duration::hours(hours)),
        ended_at: None,
        ended_by: None,
        version: 1,
        digest,
    };
    store::insert(tx, &access)?;
    tx.note("created", &access);
    Ok(Created::fresh(access))
}

/// Ends one before its time.
pub fn transition(
    tx: &mut Tx<'_>,
    access: EmergencyAccess,
    person_id: Id,
    body: &EmergencyAccessTransition,
) -> Result<EmergencyAccess> {
    let body = Ending { body, person_id, now: tx.now };
    let edit = Edit { record: access, if_match: &IfMatch::Absent, body: &body };
    move_one(tx, person_id, edit, store::save)
}
