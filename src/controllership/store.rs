//! Who answers for networks, in the database.

use super::types::{Controllership, ControllershipRow};
use crate::access::Tx;
use crate::db::schema::{controllership_organisations, controllerships, organisations};
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::store::in_parts;
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap};

pub fn find(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Option<Controllership>> {
    let row: Option<ControllershipRow> = controllerships::table
        .filter(controllerships::network_id.eq(network_id))
        .get_result(tx.conn())
        .optional()?;
    Ok(row.map(Controllership::from))
}

/// Those of networks, by the network.
pub fn find_all(tx: &mut Tx<'_>, network_ids: &[Id]) -> QueryResult<HashMap<Id, Controllership>> {
    let rows: Vec<ControllershipRow> = in_parts(network_ids, |part| {
        controllerships::table.filter(controllerships::network_id.eq_any(part)).load(tx.conn())
    })?;
    Ok(rows.into_iter().map(|row| (row.network_id, row.into())).collect())
}

/// Stores it as the next version, by whom; 412 where another is stored by now.
pub fn save(tx: &mut Tx<'_>, controllership: &mut Controllership, person_id: Id) -> Result<()> {
    let read = controllership.version;
    controllership.version += 1;
    controllership.updated_by = Some(person_id);
    controllership.updated_at = Some(tx.now);
    let row = ControllershipRow {
        network_id: controllership.network_id,
        controllers: Json(controllership.controllers.clone()),
        processor: controllership.processor.clone().map(Json),
        data_protection_officer: controllership.data_protection_officer.clone().map(Json),
        contact_point: controllership.contact_point.clone().map(Json),
        updated_by: person_id,
        updated_at: tx.now,
        version: controllership.version,
    };
    let stored = if read == 0 {
        diesel::insert_into(controllerships::table).values(&row).execute(tx.conn())?
    } else {
        let same = controllerships::table
            .filter(controllerships::network_id.eq(row.network_id))
            .filter(controllerships::version.eq(read));
        diesel::update(same).set(&row).execute(tx.conn())?
    };
    if stored == 1 { Ok(link(tx, controllership)?) } else { Err(Error::VersionMismatch { stored: read + 1 }) }
}

/// Writes the link rows of the organisations that are named, instead of those that stood.
fn link(tx: &mut Tx<'_>, controllership: &Controllership) -> QueryResult<()> {
    use controllership_organisations as to;
    let network_id = controllership.network_id;
    diesel::delete(to::table.filter(to::network_id.eq(network_id))).execute(tx.conn())?;
    let named: BTreeSet<Id> = controllership.organisations().into_iter().map(|(_, id)| id).collect();
    let row = |id| (to::network_id.eq(network_id), to::organisation_id.eq(id));
    let rows: Vec<_> = named.into_iter().map(row).collect();
    crate::insert_rows!(tx, controllership_organisations, rows)
}

/// The versions of the organisations that a network names.
pub fn versions(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Vec<i32>> {
    use controllership_organisations as to;
    to::table
        .inner_join(organisations::table.on(organisations::id.eq(to::organisation_id)))
        .filter(to::network_id.eq(network_id))
        .select(organisations::version)
        .load(tx.conn())
}

/// The names of those of `ids` that are organisations.
pub fn organisation_names(tx: &mut Tx<'_>, ids: &[Id]) -> QueryResult<HashMap<Id, String>> {
    let rows: Vec<(Id, String)> = in_parts(ids, |part| {
        organisations::table
            .filter(organisations::id.eq_any(part))
            .select((organisations::id, organisations::name))
            .load(tx.conn())
    })?;
    Ok(rows.into_iter().collect())
}
