//! Turns changes into deliveries: a webhook's position moves on in the same transaction in which they are put into the
//! queue, so that none is left out and none is told twice, whichever instance does it.

use super::deliveries::{DeliveryRow, DeliveryState};
use super::rules::{self, Told};
use super::store::Behind;
use super::{queue, store};
use crate::access::{Access, Tx};
use crate::change_log::{self, Row};
use crate::error::Result;
use crate::ids::Id;

/// Webhooks that are looked at in one transaction at most, and changes of each.
const WEBHOOKS: i64 = 20;
const CHANGES: i64 = 100;

/// Brings all webhooks on by a part of what they lag behind. Whether there is more to do.
pub async fn catch_up(access: &Access) -> Result<bool> {
    let (mut more, mut after) = (false, Id::NIL);
    loop {
        let read = access
            .survey(move |tx| {
                let behind = store::behind(tx, after, WEBHOOKS)?;
                behind.into_iter().map(|webhook| part(tx, webhook)).collect::<Result<Vec<_>>>()
            })
            .await?;
        let Some(last) = read.last() else { return Ok(more) };
        after = last.0.0.id;
        let full = read.len() as i64 == WEBHOOKS;
        more |= read.iter().any(|(_, changes)| changes.len() as i64 == CHANGES);
        access
            .console(move |tx| read.iter().try_for_each(|(behind, changes)| enqueue(tx, behind, changes)))
            .await?;
        if !full {
            return Ok(more);
        }
    }
}

/// The next changes of a webhook's network.
fn part(tx: &mut Tx<'_>, behind: Behind) -> Result<(Behind, Vec<Row>)> {
    let (webhook, position) = &behind;
    let rows = change_log::between(tx, webhook.network_id, None, (*position, i64::MAX), CHANGES)?;
    Ok((behind, rows))
}

/// Puts what a webhook is told into the queue, unless another instance did.
fn enqueue(tx: &mut Tx<'_>, (webhook, position): &Behind, changes: &[Row]) -> Result<()> {
    let Some(last) = changes.last() else { return Ok(()) };
    if !store::advance(tx, webhook, *position, last.number)? {
        return Ok(());
    }
    let now = tx.now;
    let is_told = |change: &&Row| {
        let cycle = change.cycle_id.map(|cycle_id| (change.network_id, cycle_id));
        let told = Told { kind: &change.kind, audience: &change.audience, cycle, at: change.at };
        rules::is_told(&webhook.kinds, &told, now)
    };
    let delivery = |change: &Row| DeliveryRow {
        id: rules::message_id(webhook.id, change.number),
        network_id: webhook.network_id,
        webhook_id: webhook.id,
        number: Some(change.number),
        kind: change.kind.clone(),
        state: DeliveryState::Waiting,
        tries: 0,
        due_at: now,
        held_until: None,
        created_at: now,
        delivered_at: None,
    };
    let deliveries: Vec<DeliveryRow> = changes.iter().filter(is_told).map(delivery).collect();
    if !deliveries.is_empty() {
        queue::add(tx, &deliveries)?;
    }
    Ok(())
}
