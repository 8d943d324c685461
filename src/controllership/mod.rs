//! Controllership: who answers for the personal data of a network (GDPR, articles 4(7), 26, 28 and 37). A network has one or
//! more controllers, each an organisation, perhaps a processor, and says whom people turn to.

pub mod api;
mod store;
pub mod types;

use crate::access::Tx;
use crate::error::Result;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{all_found, dangling};
use std::collections::HashMap;
use types::{Controllership, ControllershipPatch};

/// That of a network, whether or not anything was named yet.
pub fn of(tx: &mut Tx<'_>, network_id: Id) -> Result<Controllership> {
    Ok(store::find(tx, network_id)?.unwrap_or_else(|| Controllership::unnamed(network_id)))
}

/// Those of networks where something was named, and the names of the organisations in them.
pub fn of_all(
    tx: &mut Tx<'_>,
    network_ids: &[Id],
) -> Result<(HashMap<Id, Controllership>, HashMap<Id, String>)> {
    let found = store::find_all(tx, network_ids)?;
    let named = found.values().flat_map(Controllership::organisations);
    let ids: Vec<Id> = named.map(|(_, id)| id).collect();
    let names = store::organisation_names(tx, &ids)?;
    Ok((found, names))
}

/// The versions of the organisations that a network names, added up: while this and the network's change number stand, they
/// are called as they were.
pub fn versions(tx: &mut Tx<'_>, network_id: Id) -> Result<i64> {
    Ok(store::versions(tx, network_id)?.into_iter().map(i64::from).sum())
}

/// Changes who answers. Organisations that are named must be there.
pub fn update(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    if_match: &IfMatch,
    patch: ControllershipPatch,
) -> Result<Controllership> {
    let mut controllership = of(tx, network_id)?;
    if_match.demand(controllership.version)?;
    patch.controllers.apply(&mut controllership.controllers, |controllers| controllers.into_vec());
    patch.processor.apply(&mut controllership.processor, |processor| processor);
    patch.data_protection_officer.apply(&mut controllership.data_protection_officer, |officer| officer);
    patch.contact_point.apply(&mut controllership.contact_point, |contact| contact);
    let named = controllership.organisations();
    let ids: Vec<Id> = named.iter().map(|(_, id)| *id).collect();
    let known = store::organisation_names(tx, &ids)?;
    let unknown = named.iter().filter(|(_, id)| !known.contains_key(id));
    all_found(unknown.map(|(member, id)| dangling(member, *id)).collect())?;
    store::save(tx, &mut controllership, person_id)?;
    tx.note("updated", &controllership);
    Ok(controllership)
}
