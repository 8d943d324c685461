//! Reads that are little: with one statement, without another thread, as far as the database allows for that.

use super::actor::Credential;
use super::caller::Caller;
use super::guard::{Guard, look};
use super::locate::{Locate, Seen};
use super::op::Op;
use super::sighting::{self, End, witnessed};
use super::tx::Tx;
use crate::db::dialect;
use crate::error::Result;

impl Guard {
    /// What stands at a place, as it is. Where one statement finds it with the caller's standing, and that standing is enough,
    /// nothing else is asked of the database, and no transaction is needed to see one moment; else it is a [`Guard::read`].
    pub async fn get<L: Locate>(&self, op: Op, at: L) -> Result<L::Found>
    where
        L::Found: Send + 'static,
    {
        let caller = self.caller();
        let seen = self
            .access
            .db
            .look(move |connection| {
                let mut tx = caller.begin(connection);
                let outcome = match look_at_once(&mut tx, op, &caller, &at)? {
                    Some(seen) => Ok(seen),
                    None => {
                        dialect::see_one_moment(tx.connection)?;
                        look(&mut tx, op, &caller, &at)
                    }
                };
                witnessed(outcome.map(|seen| seen.found), tx.sighting)
            })
            .await?;
        sighting::note(self.access.access_log(), op, &self.asked, seen, Some(End::Read)).await
    }

    /// Work that reads little, without handing it to another thread where the database allows for that. None where it does not, or
    /// where the work finds that there is more to do: it is a [`Guard::read`] then.
    pub async fn read_at_once<L, T, F>(&self, op: Op, at: &L, mut work: F) -> Result<Option<T>>
    where
        L: Locate,
        F: FnMut(&mut Tx<'_>, &Seen<L::Found>) -> Result<Option<T>>,
    {
        let caller = self.caller();
        let seen = self.access.db.at_once(|connection| {
            let mut tx = caller.begin(connection);
            dialect::see_one_moment(tx.connection)?;
            let outcome = look(&mut tx, op, &caller, at).and_then(|seen| work(&mut tx, &seen));
            witnessed(outcome, tx.sighting)
        });
        match seen.transpose()? {
            None | Some((Ok(None), _)) => Ok(None),
            Some(seen) => {
                sighting::note(self.access.access_log(), op, &self.asked, seen, Some(End::Read)).await
            }
        }
    }
}

/// The same by one statement, where that finds it and shows that the caller may.
fn look_at_once<L: Locate>(
    tx: &mut Tx<'_>,
    op: Op,
    caller: &Caller,
    at: &L,
) -> Result<Option<Seen<L::Found>>> {
    let Credential::Session(actor) = caller.credential else { return Ok(None) };
    let Some((standing, Some((found, place)))) = at.at_once(tx, actor).transpose()?.flatten() else {
        return Ok(None);
    };
    if !standing.may(op, &place) {
        return Ok(None);
    }
    let standing = caller.recognised(tx, Some(standing))?;
    tx.sighting.find(&place);
    Ok(Some(Seen { found, place, standing }))
}
