//! Deliveries in the database: what waits, who sends it, and what came of it.

use super::deliveries::{DeliveryFilter, DeliveryRow, DeliveryState, WebhookAttempt};
use super::rules;
use super::types::{Webhook, WebhookState};
use crate::access::{Locate, Place, Tx};
use crate::change_log::snapshots;
use crate::clock::Instant;
use crate::db::schema::{webhook_attempts, webhook_deliveries, webhooks};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::natively;
use crate::newest_first;
use chrono::Duration;
use diesel::prelude::*;

/// Sendings that are shown with a delivery.
const ATTEMPTS: i64 = 100;

/// A delivery by its id.
#[derive(Clone)]
pub struct OneDelivery(pub Id);

impl Locate for OneDelivery {
    type Found = DeliveryRow;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(DeliveryRow, Place)>> {
        let row: Option<DeliveryRow> = webhook_deliveries::table
            .filter(webhook_deliveries::id.eq(self.0))
            .get_result(tx.conn())
            .optional()?;
        Ok(row.map(|delivery| {
            let place = Place::network(delivery.network_id);
            (delivery, place)
        }))
    }
}

pub fn list(
    tx: &mut Tx<'_>,
    webhook: &Webhook,
    filter: &DeliveryFilter,
    page: &Page,
) -> QueryResult<Vec<DeliveryRow>> {
    let mut query = newest_first!(
        webhook_deliveries::table
            .filter(webhook_deliveries::network_id.eq(webhook.network_id))
            .filter(webhook_deliveries::webhook_id.eq(webhook.id)),
        page,
        webhook_deliveries::created_at,
        webhook_deliveries::id
    );
    if let Some(state) = filter.state {
        query = query.filter(webhook_deliveries::state.eq(state));
    }
    query.load(tx.conn())
}

pub fn waiting(tx: &mut Tx<'_>, webhook: &Webhook) -> QueryResult<i64> {
    webhook_deliveries::table
        .filter(webhook_deliveries::network_id.eq(webhook.network_id))
        .filter(webhook_deliveries::webhook_id.eq(webhook.id))
        .filter(webhook_deliveries::state.eq(DeliveryState::Waiting))
        .count()
        .get_result(tx.conn())
}

/// The last sendings of a delivery, the newest first.
pub fn attempts(tx: &mut Tx<'_>, delivery: &DeliveryRow) -> QueryResult<Vec<WebhookAttempt>> {
    webhook_attempts::table
        .filter(webhook_attempts::network_id.eq(delivery.network_id))
        .filter(webhook_attempts::delivery_id.eq(delivery.id))
        .order((webhook_attempts::attempted_at.desc(), webhook_attempts::id.desc()))
        .limit(ATTEMPTS)
        .load(tx.conn())
}

/// Puts deliveries into the queue. One that is there already stays as it is.
pub fn add(tx: &mut Tx<'_>, deliveries: &[DeliveryRow]) -> QueryResult<()> {
    natively!(tx.conn(), c => diesel::insert_into(webhook_deliveries::table)
        .values(deliveries)
        .on_conflict_do_nothing()
        .execute(c))
    .map(drop)
}

/// A waiting delivery, as the one who would send it knew it.
#[derive(Clone, Copy, Debug, Queryable)]
pub struct Waiting {
    pub id: Id,
    pub network_id: Id,
    pub webhook_id: Id,
    pub due_at: Instant,
}

/// What waits, of webhooks that are enabled and of none of these; tests of whichever. A macro, since its type cannot be
/// written.
macro_rules! may_go {
    ($not_of:expr) => {{
        let of = webhooks::network_id
            .eq(webhook_deliveries::network_id)
            .and(webhooks::id.eq(webhook_deliveries::webhook_id));
        let heard = webhooks::state.eq(WebhookState::Enabled).or(webhook_deliveries::kind.eq(rules::PING));
        webhook_deliveries::table
            .inner_join(webhooks::table.on(of))
            .filter(webhook_deliveries::state.eq(DeliveryState::Waiting))
            .filter(heard)
            .filter(webhook_deliveries::webhook_id.ne_all($not_of))
    }};
}

/// Held by nobody, or by one who must have fallen over.
macro_rules! free {
    ($now:expr) => {
        webhook_deliveries::held_until.is_null().or(webhook_deliveries::held_until.le($now))
    };
}

/// What is due and held by nobody, the longest first.
pub fn due(tx: &mut Tx<'_>, not_of: &[Id], most: i64) -> QueryResult<Vec<Waiting>> {
    let now = tx.now;
    may_go!(not_of)
        .filter(webhook_deliveries::due_at.le(now))
        .filter(free!(now))
        .order((webhook_deliveries::due_at, webhook_deliveries::id))
        .limit(most)
        .select((
            webhook_deliveries::id,
            webhook_deliveries::network_id,
            webhook_deliveries::webhook_id,
            webhook_deliveries::due_at,
        ))
        .load(tx.conn())
}

/// When the next one is due, or what is held by one who fell over is free again.
pub fn next_due(tx: &mut Tx<'_>, not_of: &[Id]) -> QueryResult<Option<Instant>> {
    let now = tx.now;
    let due: Option<Instant> = may_go!(not_of)
        .filter(free!(now))
        .order(webhook_deliveries::due_at)
        .select(webhook_deliveries::due_at)
        .first(tx.conn())
        .optional()?;
    let held: Option<Option<Instant>> = may_go!(not_of)
        .filter(webhook_deliveries::held_until.gt(now))
        .order(webhook_deliveries::held_until)
        .select(webhook_deliveries::held_until)
        .first(tx.conn())
        .optional()?;
    Ok(due.into_iter().chain(held.flatten()).min())
}

/// Takes a waiting delivery until a moment, unless another instance did meanwhile.
pub fn take(
    tx: &mut Tx<'_>,
    waiting: &Waiting,
    until: Instant,
) -> QueryResult<Option<(DeliveryRow, Webhook)>> {
    let now = tx.now;
    let as_known = webhook_deliveries::table
        .filter(webhook_deliveries::network_id.eq(waiting.network_id))
        .filter(webhook_deliveries::id.eq(waiting.id))
        .filter(webhook_deliveries::state.eq(DeliveryState::Waiting))
        .filter(webhook_deliveries::due_at.eq(waiting.due_at))
        .filter(free!(now));
    let taken = diesel::update(as_known).set(webhook_deliveries::held_until.eq(until)).execute(tx.conn())?;
    if taken == 0 {
        return Ok(None);
    }
    let of = webhooks::network_id
        .eq(webhook_deliveries::network_id)
        .and(webhooks::id.eq(webhook_deliveries::webhook_id));
    webhook_deliveries::table
        .inner_join(webhooks::table.on(of))
        .filter(webhook_deliveries::network_id.eq(waiting.network_id))
        .filter(webhook_deliveries::id.eq(waiting.id))
        .select((webhook_deliveries::all_columns, webhooks::all_columns))
        .get_result(tx.conn())
        .optional()
}

/// Stores where a delivery stands after a sending, and lets it go. What was put to be sent again meanwhile still is; what
/// another took since, or is gone, stays as it is.
pub fn settle(tx: &mut Tx<'_>, taken: &DeliveryRow, after: &DeliveryRow) -> QueryResult<()> {
    let ours = || {
        webhook_deliveries::table
            .filter(webhook_deliveries::network_id.eq(taken.network_id))
            .filter(webhook_deliveries::id.eq(taken.id))
            .filter(webhook_deliveries::held_until.eq(taken.held_until))
    };
    let as_taken = ours().filter(webhook_deliveries::due_at.eq(taken.due_at));
    diesel::update(as_taken)
        .set((
            webhook_deliveries::state.eq(after.state),
            webhook_deliveries::tries.eq(after.tries),
            webhook_deliveries::due_at.eq(after.due_at),
            webhook_deliveries::delivered_at.eq(after.delivered_at),
        ))
        .execute(tx.conn())?;
    diesel::update(ours())
        .set(webhook_deliveries::held_until.eq(None::<Instant>))
        .execute(tx.conn())
        .map(drop)
}

/// Keeps a sending, where its delivery is still there.
pub fn log(tx: &mut Tx<'_>, attempt: &WebhookAttempt) -> QueryResult<()> {
    let delivery = webhook_deliveries::table
        .filter(webhook_deliveries::network_id.eq(attempt.network_id))
        .filter(webhook_deliveries::id.eq(attempt.delivery_id));
    if diesel::select(diesel::dsl::exists(delivery)).get_result(tx.conn())? {
        diesel::insert_into(webhook_attempts::table).values(attempt).execute(tx.conn())?;
    }
    Ok(())
}

/// Lets a delivery wait anew, from now on.
pub fn again(tx: &mut Tx<'_>, delivery: &DeliveryRow) -> QueryResult<()> {
    let now = tx.now;
    let row = webhook_deliveries::table
        .filter(webhook_deliveries::network_id.eq(delivery.network_id))
        .filter(webhook_deliveries::id.eq(delivery.id));
    diesel::update(row)
        .set((
            webhook_deliveries::state.eq(DeliveryState::Waiting),
            webhook_deliveries::tries.eq(0),
            webhook_deliveries::due_at.eq(now),
        ))
        .execute(tx.conn())
        .map(drop)
}

/// Removes deliveries that are as old as the oldest snapshots, with their sendings.
pub fn sweep(tx: &mut Tx<'_>) -> QueryResult<()> {
    let too_old = tx.now.minus(Duration::days(snapshots::KEPT_DAYS));
    diesel::delete(webhook_deliveries::table.filter(webhook_deliveries::created_at.lt(too_old)))
        .execute(tx.conn())
        .map(drop)
}
