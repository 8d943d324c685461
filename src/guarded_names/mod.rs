//! Guarded names: names that a network's texts must not tell, such as those of people whom everybody there knows.

pub mod api;
mod store;
pub mod types;

use crate::access::Tx;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::identifiers::Names;
use crate::ids::Id;
use crate::record::{self, Created, Record};
use types::{GuardedName, GuardedNameCreate};

/// Names that a network keeps at most: all of them are looked for in every text.
pub const MOST_NAMES: i64 = 2_000;

/// The names that a network looks for; none where it keeps none.
pub fn of_network(tx: &mut Tx<'_>, network_id: Id) -> Result<Option<Names>> {
    let names = store::names(tx, network_id)?;
    Ok((!names.is_empty()).then(|| Names::new(names.iter().map(String::as_str))))
}

pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    body: &GuardedNameCreate,
) -> Result<Created<GuardedName>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    if store::count(tx, network_id)? >= MOST_NAMES {
        let detail = format!("A network keeps at most {MOST_NAMES} names.");
        return Err(Error::conflict("too_many_names", detail));
    }
    let name = GuardedName {
        id: body.id.unwrap_or_default(),
        network_id,
        name: body.name.to_string(),
        created_by: person_id,
        created_at: tx.now,
        digest,
    };
    store::insert(tx, &name)?;
    tx.renew_text_guard(network_id)?;
    tx.note("created", &name);
    Ok(Created::fresh(name))
}

/// Takes a name off the list, and leaves nothing of it.
pub fn delete(tx: &mut Tx<'_>, name: &GuardedName, if_match: &IfMatch) -> Result<()> {
    if_match.demand(name.version())?;
    store::delete(tx, name.id)?;
    tx.renew_text_guard(name.network_id)?;
    tx.note("deleted", name);
    Ok(())
}
