//! What is left of a record that was removed: its id and its kind, so that who could have seen it is told that it is gone, and
//! nothing is made under that id again.

use crate::access::{Place, Tx};
use crate::db::schema::tombstones;
use crate::error::Error;
use crate::ids::Id;
use crate::natively;
use crate::record::id_taken;
use crate::store::in_parts;
use diesel::prelude::*;
use std::collections::HashMap;

/// 410 for a record that was removed.
pub fn gone() -> Error {
    Error::conflict("gone", "What had this id was removed for good. It is not made again under it.")
}

/// Where a record lay that was removed.
pub fn place_of(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<Place>> {
    let row: Option<(Id, Option<Id>)> = natively!(tx.conn(), c => tombstones::table
        .filter(tombstones::id.eq(id))
        .select((tombstones::network_id, tombstones::cycle_id))
        .first(c))
    .optional()?;
    Ok(row.map(|(network_id, cycle_id)| match cycle_id {
        Some(cycle_id) => Place::cycle(network_id, cycle_id),
        None => Place::network(network_id),
    }))
}

/// Those of `ids` that were removed, each with the network in which it lay.
pub fn among(tx: &mut Tx<'_>, ids: &[Id]) -> QueryResult<HashMap<Id, Id>> {
    let rows: Vec<(Id, Id)> = in_parts(ids, |part| {
        natively!(tx.conn(), c => tombstones::table
            .filter(tombstones::id.eq_any(part))
            .select((tombstones::id, tombstones::network_id))
            .load(c))
    })?;
    Ok(rows.into_iter().collect())
}

/// The refusal of a record under an id that was removed: in its own network it is gone, and elsewhere nothing is told of it.
pub fn refusal(lay_in: Id, network_id: Id) -> Error {
    if lay_in == network_id { gone() } else { id_taken() }
}
