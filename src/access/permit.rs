//! Whether somebody who stands so may do something at a place.

use super::locate::Place;
use super::op::Op;
use super::policy;
use super::refusal::forbidden;
use super::scope;
use super::standing::{Standing, joint_roles};
use super::tx::Tx;
use crate::error::{Error, Result};

/// Adds what the actor is in the networks that share the cycle, where they may not do it without.
pub(super) fn through_co_networks(
    tx: &mut Tx<'_>,
    op: Op,
    mut standing: Standing,
    place: &Place,
) -> Result<Standing> {
    if wants_joint(op, &standing, place) {
        standing.joint = joint_roles(tx, standing.person_id, place)?;
    }
    Ok(standing)
}

/// Whether it depends on the networks that share the cycle if the actor may do this. An API key is of one network.
pub(super) fn wants_joint(op: Op, standing: &Standing, place: &Place) -> bool {
    place.cycle_id.is_some() && standing.key.is_none() && !standing.may(op, place)
}

/// Whether somebody who stands so may do this at a place: 404 where they do not see it, 403 where they may not.
pub(super) fn permit(op: Op, standing: &Standing, place: &Place) -> Result<()> {
    if !standing.sees(place) {
        return Err(Error::NotFound);
    }
    if let Some(key) = &standing.key {
        scope::demand(&key.operations, op)?;
    }
    if !policy::allows(op, standing, place) {
        return Err(forbidden(op));
    }
    Ok(())
}
