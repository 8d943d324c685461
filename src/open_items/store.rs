//! What the lists tell of people and networks, in the database.

use crate::access::Tx;
use crate::db::schema::{networks, people};
use crate::db::types::Json;
use crate::ids::Id;
use crate::networks::types::Pause;
use crate::people::types::PersonKind;
use diesel::prelude::*;
use std::collections::HashMap;

/// The names of those who are people and can sign in: nobody else closes anything.
pub fn names(tx: &mut Tx<'_>, ids: &[Id]) -> QueryResult<HashMap<Id, String>> {
    let rows: Vec<(Id, String)> = people::table
        .filter(people::id.eq_any(ids))
        .filter(people::kind.eq(PersonKind::Person))
        .filter(people::active.eq(true))
        .select((people::id, people::display_name))
        .load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

/// When the networks rest.
pub fn pauses(tx: &mut Tx<'_>, network_ids: &[Id]) -> QueryResult<HashMap<Id, Json<Vec<Pause>>>> {
    let rows: Vec<(Id, Json<Vec<Pause>>)> = networks::table
        .filter(networks::id.eq_any(network_ids))
        .select((networks::id, networks::pauses))
        .load(tx.conn())?;
    Ok(rows.into_iter().collect())
}
