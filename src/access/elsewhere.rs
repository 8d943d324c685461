//! Places that work touches besides the one it is addressed to.

use super::locate::Place;
use super::op::Op;
use super::permit::{permit, through_co_networks};
use super::standing::Standing;
use super::tx::Tx;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::practice::dangling;

/// A place that work touches besides the one it is addressed to.
pub struct Elsewhere {
    /// The member of the body that names it.
    pub member: &'static str,
    pub place: Place,
    /// What the actor must be allowed there; none where only its row is wanted, whether they see it or not.
    pub op: Option<Op>,
}

impl Elsewhere {
    /// What the actor does not see is a reference to nothing.
    fn look(&self, tx: &mut Tx<'_>) -> Result<Standing> {
        let standing = tx.standing_at(&self.place)?;
        let Some(op) = self.op else { return Ok(standing) };
        let standing = through_co_networks(tx, op, standing, &self.place)?;
        match permit(op, &standing, &self.place) {
            Ok(()) => Ok(standing),
            Err(Error::NotFound) => Err(self.missing()),
            Err(refusal) => Err(refusal),
        }
    }

    /// 409: the body names a place that is not there for the actor.
    pub(super) fn missing(&self) -> Error {
        let network_id = self.place.network_id.unwrap_or(Id::NIL);
        Error::dangling(vec![dangling(self.member, network_id)])
    }
}

/// Whether any of the other places takes no changes, once the actor was found to be allowed at all of them.
pub(super) fn archived_elsewhere(tx: &mut Tx<'_>, others: &[Elsewhere]) -> Result<bool> {
    let mut archived = false;
    for other in others {
        archived |= other.look(tx)?.archived;
    }
    Ok(archived)
}
