//! Webhooks in the database, and their secrets, which nothing else reads.

use super::types::{Webhook, WebhookHealth, WebhookState};
use crate::access::{Locate, Place, Tx};
use crate::clock::Instant;
use crate::db::schema::{network_streams, webhook_progress, webhook_secrets, webhooks};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

crate::record_store!(webhooks, Webhook);

/// A webhook by its id.
#[derive(Clone)]
pub struct OneWebhook(pub Id);

impl Locate for OneWebhook {
    type Found = Webhook;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Webhook, Place)>> {
        Ok(find(tx, self.0)?.map(|webhook| {
            let place = Place::network(webhook.network_id);
            (webhook, place)
        }))
    }
}

pub fn list(tx: &mut Tx<'_>, network_id: Id, page: &Page) -> QueryResult<Vec<Webhook>> {
    let query = newest_first!(
        webhooks::table.filter(webhooks::network_id.eq(network_id)),
        page,
        webhooks::created_at,
        webhooks::id
    );
    query.load(tx.conn())
}

pub fn count(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<i64> {
    webhooks::table.filter(webhooks::network_id.eq(network_id)).count().get_result(tx.conn())
}

/// Removes a webhook; its secrets, progress and deliveries go with it by their foreign keys.
pub fn delete(tx: &mut Tx<'_>, webhook: &Webhook) -> QueryResult<()> {
    diesel::delete(webhooks::table.filter(webhooks::id.eq(webhook.id))).execute(tx.conn()).map(drop)
}

/// Begins to follow the network from its last change on. Its row is this transaction's own.
pub fn begin(tx: &mut Tx<'_>, webhook: &Webhook) -> QueryResult<()> {
    let last = network_streams::table
        .filter(network_streams::network_id.eq(webhook.network_id))
        .select(network_streams::last_change)
        .get_result::<i64>(tx.conn())?;
    diesel::insert_into(webhook_progress::table)
        .values((
            webhook_progress::network_id.eq(webhook.network_id),
            webhook_progress::webhook_id.eq(webhook.id),
            webhook_progress::position.eq(last),
        ))
        .execute(tx.conn())
        .map(drop)
}

pub fn health(tx: &mut Tx<'_>, webhook: &Webhook) -> QueryResult<WebhookHealth> {
    type Row = (i64, Option<Instant>, Option<Instant>, Option<Instant>);
    let (position, last_success_at, last_failure_at, failing_since_at): Row = webhook_progress::table
        .filter(webhook_progress::network_id.eq(webhook.network_id))
        .filter(webhook_progress::webhook_id.eq(webhook.id))
        .select((
            webhook_progress::position,
            webhook_progress::last_success_at,
            webhook_progress::last_failure_at,
            webhook_progress::failing_since,
        ))
        .get_result(tx.conn())?;
    let waiting = super::queue::waiting(tx, webhook)?;
    let last = crate::change_log::last_number(tx.conn(), webhook.network_id)?;
    Ok(WebhookHealth { last_success_at, last_failure_at, failing_since_at, waiting, behind: last - position })
}

/// A webhook that lags behind its network, and its position.
pub type Behind = (Webhook, i64);

/// Enabled webhooks with changes that they were not told of yet, so many at most, by id, after an id.
pub fn behind(tx: &mut Tx<'_>, after: Id, most: i64) -> QueryResult<Vec<Behind>> {
    let progress = webhook_progress::network_id
        .eq(webhooks::network_id)
        .and(webhook_progress::webhook_id.eq(webhooks::id));
    webhooks::table
        .inner_join(webhook_progress::table.on(progress))
        .inner_join(network_streams::table.on(network_streams::network_id.eq(webhooks::network_id)))
        .filter(webhooks::state.eq(WebhookState::Enabled))
        .filter(webhooks::id.gt(after))
        .filter(network_streams::last_change.gt(webhook_progress::position))
        .order(webhooks::id)
        .limit(most)
        .select((webhooks::all_columns, webhook_progress::position))
        .load(tx.conn())
}

/// Moves a webhook's position on, unless another instance did.
pub fn advance(tx: &mut Tx<'_>, webhook: &Webhook, from: i64, to: i64) -> QueryResult<bool> {
    let known = webhook_progress::table
        .filter(webhook_progress::network_id.eq(webhook.network_id))
        .filter(webhook_progress::webhook_id.eq(webhook.id))
        .filter(webhook_progress::position.eq(from));
    Ok(diesel::update(known).set(webhook_progress::position.eq(to)).execute(tx.conn())? == 1)
}

/// Since when nothing has arrived; none where the last sending did, or nothing was sent yet.
pub fn failing_since(tx: &mut Tx<'_>, webhook: &Webhook) -> QueryResult<Option<Instant>> {
    let since = webhook_progress::table
        .filter(webhook_progress::network_id.eq(webhook.network_id))
        .filter(webhook_progress::webhook_id.eq(webhook.id))
        .select(webhook_progress::failing_since)
        .get_result::<Option<Instant>>(tx.conn())
        .optional()?;
    Ok(since.flatten())
}

/// Keeps how a sending went; `failing_since` is none where it arrived.
pub fn fared(tx: &mut Tx<'_>, webhook: &Webhook, failing_since: Option<Instant>) -> QueryResult<()> {
    let now = tx.now;
    let row = webhook_progress::table
        .filter(webhook_progress::network_id.eq(webhook.network_id))
        .filter(webhook_progress::webhook_id.eq(webhook.id));
    match failing_since {
        None => diesel::update(row)
            .set((
                webhook_progress::last_success_at.eq(now),
                webhook_progress::failing_since.eq(None::<Instant>),
            ))
            .execute(tx.conn()),
        Some(since) => diesel::update(row)
            .set((webhook_progress::last_failure_at.eq(now), webhook_progress::failing_since.eq(since)))
            .execute(tx.conn()),
    }
    .map(drop)
}

/// Forgets since when nothing arrived: it is enabled again.
pub fn clear_failures(tx: &mut Tx<'_>, webhook: &Webhook) -> QueryResult<()> {
    let row = webhook_progress::table
        .filter(webhook_progress::network_id.eq(webhook.network_id))
        .filter(webhook_progress::webhook_id.eq(webhook.id));
    diesel::update(row).set(webhook_progress::failing_since.eq(None::<Instant>)).execute(tx.conn()).map(drop)
}

/// What was sealed and signs now, the newest first.
pub fn secrets(tx: &mut Tx<'_>, webhook: &Webhook) -> QueryResult<Vec<Vec<u8>>> {
    let now = tx.now;
    webhook_secrets::table
        .filter(webhook_secrets::network_id.eq(webhook.network_id))
        .filter(webhook_secrets::webhook_id.eq(webhook.id))
        .filter(webhook_secrets::expires_at.is_null().or(webhook_secrets::expires_at.gt(now)))
        .order((webhook_secrets::created_at.desc(), webhook_secrets::id.desc()))
        .select(webhook_secrets::sealed)
        .load(tx.conn())
}

pub fn add_secret(tx: &mut Tx<'_>, webhook: &Webhook, sealed: &[u8]) -> QueryResult<()> {
    let now = tx.now;
    diesel::insert_into(webhook_secrets::table)
        .values((
            webhook_secrets::id.eq(Id::new()),
            webhook_secrets::network_id.eq(webhook.network_id),
            webhook_secrets::webhook_id.eq(webhook.id),
            webhook_secrets::sealed.eq(sealed),
            webhook_secrets::created_at.eq(now),
            webhook_secrets::expires_at.eq(None::<Instant>),
        ))
        .execute(tx.conn())
        .map(drop)
}

/// Lets all secrets end at this moment, but for those that end before; what has ended is removed.
pub fn end_secrets(tx: &mut Tx<'_>, webhook: &Webhook, at: Instant) -> QueryResult<()> {
    let now = tx.now;
    let all = || {
        webhook_secrets::table
            .filter(webhook_secrets::network_id.eq(webhook.network_id))
            .filter(webhook_secrets::webhook_id.eq(webhook.id))
    };
    let longer = all().filter(webhook_secrets::expires_at.is_null().or(webhook_secrets::expires_at.gt(at)));
    diesel::update(longer).set(webhook_secrets::expires_at.eq(at)).execute(tx.conn())?;
    let over = all().filter(webhook_secrets::expires_at.le(now));
    diesel::delete(over).execute(tx.conn()).map(drop)
}
