//! What is said of what is not there.

use super::caller::Caller;
use super::op::Op;
use super::permit::through_co_networks;
use super::standing::standing;
use super::tx::Tx;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::removal::tombstones;

/// 404 for what is not there; 410 where what had the id was removed, to those who see where it lay.
pub(super) fn absent(tx: &mut Tx<'_>, op: Op, caller: &Caller, named: Option<Id>) -> Result<Error> {
    let Some(id) = named else { return Ok(Error::NotFound) };
    let Some(place) = tombstones::place_of(tx, id)? else { return Ok(Error::NotFound) };
    let Some(standing) = standing(tx, &caller.credential, &place)? else { return Ok(Error::NotFound) };
    let standing = through_co_networks(tx, op, standing, &place)?;
    Ok(if standing.sees(&place) { tombstones::gone() } else { Error::NotFound })
}
