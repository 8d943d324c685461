//! A cycle that two networks share: what Venlo learns about money, Peel en Maas has asked itself too.

use super::content::{id_of, network_id, person_id};
use super::seed::sent;
use super::timeline::{COORDINATOR, moment};
use crate::access::Tx;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::{co_networks, cycles};
use serde_json::json;

/// Days ago.
const INVITED: i64 = 20;
const ACCEPTED: i64 = 17;

/// Invites the second network and accepts; again, it finds that done.
pub fn share(tx: &mut Tx<'_>, now: Instant) -> Result<()> {
    let (home, beside) = (network_id("venlo"), network_id("peel-en-maas"));
    let mut rows = [home, beside];
    rows.sort();
    rows.into_iter().try_for_each(|id| tx.take(id))?;
    let invitation = id_of("venlo/co-networks/peel-en-maas");
    (tx.now, tx.acting) = (moment(now, INVITED, invitation), Some(person_id(COORDINATOR)));
    let cycle = cycles::state(tx, super::content::cycle_id("venlo", "v2"))?;
    let body = sent(json!({
        "id": invitation,
        "coNetworkId": beside,
        "reason": "Geldzorgen houden niet op bij de gemeentegrens. Kijken jullie met ons mee?",
    }))?;
    co_networks::create(tx, &cycle, &body)?;
    tx.now = moment(now, ACCEPTED, invitation);
    let accepted = sent(json!({"id": id_of("venlo/co-networks/peel-en-maas/accepted"), "to": "accepted"}))?;
    let row = co_networks::find(tx, invitation)?.ok_or(Error::NotFound)?;
    co_networks::transition(tx, row, &cycle, person_id(COORDINATOR), &IfMatch::Absent, &accepted)?;
    Ok(())
}
