//! What lies in a place that was seen: looked up together, and each judged for itself.

use super::locate::{Locate, Place, Seen};
use super::op::Op;
use super::permit::{permit, through_co_networks};
use super::standing::Standing;
use super::tx::Tx;
use crate::error::{Error, Result};
use crate::ids::Id;
use std::collections::HashMap;

/// Things of one kind in one place. None is reached but through its judgement.
pub struct Within<F> {
    op: Op,
    standing: Standing,
    found: HashMap<Id, (F, Place)>,
}

impl<F> Seen<F> {
    /// Those of `these` that lie here, by their ids, for the actor to do `op` with. In a transaction that writes, the row that orders
    /// writes here was taken before, so they stand as they are found.
    pub fn within<L: Locate>(
        &self,
        tx: &mut Tx<'_>,
        op: Op,
        these: Vec<(Id, L)>,
    ) -> Result<Within<L::Found>> {
        let (ids, these): (Vec<Id>, Vec<L>) = these.into_iter().unzip();
        let found = ids.into_iter().zip(L::locate_all(&these, tx)?);
        let found = found.filter_map(|(id, found)| Some((id, found?)));
        let found = found.filter(|(_, (_, place))| lies_in(place, &self.place)).collect();
        let standing = through_co_networks(tx, op, self.standing.clone(), &self.place)?;
        Ok(Within { op, standing, found })
    }
}

/// Whether somebody stands the same way at both. What reaches beyond its place is seen in ways of its own.
fn lies_in(place: &Place, here: &Place) -> bool {
    let home = |place: &Place| (place.network_id, place.cycle_id);
    home(place) == home(here) && place.shared.is_none() && place.co_network_id.is_none()
}

impl<F> Within<F> {
    /// One of them, for an actor who may do this with it. 404 for what is not there, lies elsewhere or is not theirs to see:
    /// the three look the same.
    pub fn at(&self, id: Id) -> Result<&F> {
        let (found, place) = self.found.get(&id).ok_or(Error::NotFound)?;
        permit(self.op, &self.standing, place)?;
        Ok(found)
    }
}
