//! Networks: who learns together. They nest, and the whole is one feedback loop.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::{Role, Tx};
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::http::text::Text;
use crate::ids::Id;
use crate::members;
use crate::record::{self, Created};
use crate::transitions::{self, Move};
use crate::tree::{self, NETWORKS};
use types::{Network, NetworkCreate, NetworkMove, NetworkPatch, NetworkState, NetworkTransition};

/// Makes a network, with its stream of changes and its maker as first coordinator.
pub fn create(tx: &mut Tx<'_>, maker_id: Id, body: &NetworkCreate) -> Result<Created<Network>> {
    let digest = tx.digest(body.id, body.parent_id.unwrap_or(Id::NIL), body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let visible = members::is_member(tx, stored.id, maker_id)?;
        return record::replay(stored, &digest, visible);
    }
    let id = body.id.unwrap_or_default();
    may_lie_below(tx, id, body.parent_id)?;
    let network = Network {
        id,
        name: body.name.to_string(),
        kind: body.kind,
        parent_id: body.parent_id,
        locality: body.locality.as_deref().map(Into::into),
        description: body.description.as_deref().map(Into::into),
        pauses: Json(body.pauses.as_deref().unwrap_or_default().to_vec()),
        state: NetworkState::Active,
        state_reason: None,
        successor_id: None,
        forwards_to_lrs: false,
        created_by: maker_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &network)?;
    tx.open_stream(network.id)?;
    tx.note("created", &network);
    members::enrol(tx, network.id, maker_id, Role::Coordinator, None)?;
    Ok(Created::fresh(network))
}

pub fn update(
    tx: &mut Tx<'_>,
    mut network: Network,
    if_match: &IfMatch,
    patch: NetworkPatch,
) -> Result<Network> {
    if_match.demand(network.version)?;
    patch.name.apply(&mut network.name, Text::into_string);
    patch.kind.apply(&mut network.kind, |kind| kind);
    patch.locality.apply(&mut network.locality, Text::into_string);
    patch.description.apply(&mut network.description, Text::into_string);
    patch.pauses.apply(&mut network.pauses, |pauses| Json(pauses.into_vec()));
    patch.forwards_to_lrs.apply(&mut network.forwards_to_lrs, |forwards| forwards);
    store::save(tx, &mut network)?;
    tx.note("updated", &network);
    Ok(network)
}

/// Archives a network, perhaps into a successor, or takes it up again. It is never deleted; its cycles and its stream
/// stay where they are.
pub fn transition(
    tx: &mut Tx<'_>,
    mut network: Network,
    person_id: Id,
    if_match: &IfMatch,
    body: &NetworkTransition,
) -> Result<Network> {
    let digest = tx.digest(body.id, network.id, body)?;
    if transitions::was_made(tx, body.id, network.id, &digest)? {
        return Ok(network);
    }
    if_match.honour(network.version)?;
    let from = network.state;
    if from == body.to {
        let possible =
            if from == NetworkState::Active { NetworkState::Archived } else { NetworkState::Active };
        return Err(transitions::not_allowed(from.into(), body.to.into(), &[possible]));
    }
    if body.successor_id == Some(network.id) {
        return Err(Error::conflict("network_cycle", "A network does not succeed itself."));
    }
    network.state = body.to;
    network.successor_id = body.successor_id;
    network.state_reason = Some(body.reason.to_string());
    store::save(tx, &mut network)?;
    let made = Move {
        id: body.id,
        from: from.into(),
        to: body.to.into(),
        reason: Some(&body.reason),
        happened_at: body.happened_at,
        digest,
    };
    transitions::record(tx, &network, person_id, made)?;
    tx.note(if body.to == NetworkState::Archived { "archived" } else { "reopened" }, &network);
    Ok(network)
}

/// Puts a network, with what lies below it, under another one or at the top.
pub fn relocate(
    tx: &mut Tx<'_>,
    mut network: Network,
    if_match: &IfMatch,
    body: &NetworkMove,
) -> Result<Network> {
    if_match.honour(network.version)?;
    if network.parent_id == body.parent_id {
        return Err(Error::conflict("move_not_allowed", "The network lies there already."));
    }
    may_lie_below(tx, network.id, body.parent_id)?;
    network.parent_id = body.parent_id;
    store::save(tx, &mut network)?;
    tx.note("moved", &network);
    Ok(network)
}

/// Whether a network, with what lies below it, may lie below another one; at the top anything may.
fn may_lie_below(tx: &mut Tx<'_>, id: Id, parent_id: Option<Id>) -> Result<()> {
    let Some(parent_id) = parent_id else { return Ok(()) };
    let above = tree::above(tx, NETWORKS, parent_id)?;
    let levels = tree::levels(&tree::below(tx, NETWORKS, id)?).max(1);
    rules::may_lie_below(id, levels, &above)
}

/// A network by its id, for what tells where it comes from.
pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<Network>> {
    Ok(store::find(tx, id)?)
}
