//! What is held about somebody, in the database: a query a kind, or one for so many of it.

pub mod accesses;
pub mod person;
pub mod pseudonym;

use crate::access::Tx;
use crate::db::schema::networks;
use crate::ids::Id;
use crate::store::in_parts;
use diesel::prelude::*;
use std::collections::HashMap;

/// Records that are read at a time.
pub const PIECE: i64 = 200;

/// The names of networks.
pub fn network_names(tx: &mut Tx<'_>, ids: &[Id]) -> QueryResult<HashMap<Id, String>> {
    let rows: Vec<(Id, String)> = in_parts(ids, |part| {
        networks::table
            .filter(networks::id.eq_any(part))
            .select((networks::id, networks::name))
            .load(tx.conn())
    })?;
    Ok(rows.into_iter().collect())
}
