//! Sends what waits. An instance holds a delivery while it sends it, and not longer than that can take: another takes it
//! only then, as after a crash. So a message is sent at least once, and by one instance at a time.

use super::deliveries::{DeliveryRow, DeliveryState, Outcome, WebhookAttempt};
use super::queue::Waiting;
use super::types::{DisabledReason, Webhook, WebhookState};
use super::{Setup, follow, message, queue, rules, store, told};
use crate::access::{Access, Tx};
use crate::change_log::pulse::Pulse;
use crate::clock::{self, Instant};
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::outbound::client::{Answered, Fault, Outbound};
use crate::outbound::retry::dice;
use actix_web::web::Data;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Sendings at the same time by this instance: in all, and to one webhook. A slow receiver holds up no other.
const TOGETHER: usize = 32;
const TO_ONE: usize = 4;
/// Waiting deliveries that are looked at to find some to send.
const LOOK: i64 = 128;
/// Between two looks at most: another instance may have left something behind.
const REST: Duration = Duration::from_secs(5);
/// Between two looks at least, where something is to be tried again.
const BREATH: Duration = Duration::from_millis(20);
/// After the database could not answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Follows the change log and sends, until `closing` is gone; then what is being sent is finished.
pub async fn run(access: Access, setup: Data<Setup>, mut pulse: Pulse, mut closing: watch::Receiver<()>) {
    let mut courier =
        Courier { access, setup, outbound: None, sending: JoinSet::new(), busy: HashMap::new() };
    while closing.has_changed().is_ok() {
        pulse.mark_unchanged();
        let pause = match courier.work().await {
            Ok(pause) => pause,
            Err(error) => {
                log::warn!("webhooks could not be told what changed, and will be: {error}");
                PATIENCE
            }
        };
        tokio::select! {
            changed = pulse.changed() => if changed.is_err() { break },
            Some(done) = courier.sending.join_next() => courier.is_done(done),
            () = sleep(pause) => {}
            _ = closing.changed() => {}
        }
    }
    while courier.sending.join_next().await.is_some() {}
}

struct Courier {
    access: Access,
    setup: Data<Setup>,
    /// Made when something is to be sent: a server without webhooks needs no certificates.
    outbound: Option<Rc<Outbound>>,
    /// Each tells its webhook when it is done.
    sending: JoinSet<Id>,
    /// How much is being sent to each webhook.
    busy: HashMap<Id, usize>,
}

/// A delivery that this instance has taken, with what is needed to send it.
struct Parcel {
    delivery: DeliveryRow,
    webhook: Webhook,
    told: Option<message::Told>,
    /// As they are sealed.
    secrets: Vec<Vec<u8>>,
}

impl Courier {
    /// Puts into the queue what changed, and begins to send what is due. How long there is nothing to do then.
    async fn work(&mut self) -> Result<Duration> {
        let more = follow::catch_up(&self.access).await?;
        let free = TOGETHER.saturating_sub(self.sending.len());
        if free == 0 {
            return Ok(REST);
        }
        let full: Vec<Id> =
            self.busy.iter().filter(|(_, count)| **count >= TO_ONE).map(|(id, _)| *id).collect();
        let (due, next) = self
            .access
            .survey(move |tx| Ok((queue::due(tx, &full, LOOK)?, queue::next_due(tx, &full)?)))
            .await?;
        let chosen = self.choose(due, free);
        if chosen.is_empty() {
            let wait =
                next.map_or(REST, |at| Duration::from_secs_f64(at.seconds_since(clock::now()).max(0.0)));
            return Ok(if more { BREATH } else { wait.clamp(BREATH, REST) });
        }
        let outbound = self.outbound()?;
        let until = clock::now().plus(lease(self.setup.time_out));
        let parcels = self
            .access
            .console(move |tx| {
                chosen
                    .iter()
                    .filter_map(|waiting| parcel(tx, waiting, until).transpose())
                    .collect::<Result<Vec<_>>>()
            })
            .await?;
        for parcel in parcels {
            *self.busy.entry(parcel.webhook.id).or_default() += 1;
            let (access, setup, outbound) = (self.access.clone(), self.setup.clone(), outbound.clone());
            self.sending.spawn_local(async move {
                let webhook_id = parcel.webhook.id;
                if let Err(error) = deliver(&access, &setup, &outbound, parcel).await {
                    // It waits on, and is sent again when the time for it is over.
                    log::warn!("what came of a webhook's delivery could not be kept: {error}");
                }
                webhook_id
            });
        }
        Ok(BREATH)
    }

    /// As many as may be sent at the same time, in all and to each.
    fn choose(&self, due: Vec<Waiting>, free: usize) -> Vec<Waiting> {
        let mut busy = self.busy.clone();
        let fits = |waiting: &Waiting| {
            let count = busy.entry(waiting.webhook_id).or_default();
            *count += 1;
            *count <= TO_ONE
        };
        due.into_iter().filter(fits).take(free).collect()
    }

    fn is_done(&mut self, done: Result<Id, tokio::task::JoinError>) {
        match done {
            Ok(webhook_id) => {
                if let Some(count) = self.busy.get_mut(&webhook_id) {
                    *count -= 1;
                    if *count == 0 {
                        self.busy.remove(&webhook_id);
                    }
                }
            }
            // Whose it was is not known: rather too much at the same time than nothing ever again.
            Err(error) => {
                log::error!("a webhook's delivery broke off: {error}");
                self.busy.clear();
            }
        }
    }

    fn outbound(&mut self) -> Result<Rc<Outbound>> {
        if let Some(outbound) = &self.outbound {
            return Ok(outbound.clone());
        }
        let outbound =
            Outbound::new(self.setup.reach.clone(), self.setup.time_out).map_err(Error::internal)?;
        Ok(self.outbound.insert(Rc::new(outbound)).clone())
    }
}

/// How long a delivery is this instance's: the sending, and time to keep what came of it.
fn lease(time_out: Duration) -> chrono::Duration {
    chrono::Duration::from_std(time_out * 4).unwrap_or(chrono::Duration::minutes(1))
}

/// Takes a waiting delivery, unless another instance has.
fn parcel(tx: &mut Tx<'_>, waiting: &Waiting, until: Instant) -> Result<Option<Parcel>> {
    let Some((delivery, webhook)) = queue::take(tx, waiting, until)? else { return Ok(None) };
    let told = match delivery.number {
        Some(number) => told(tx, &delivery, number)?,
        None => None,
    };
    let secrets = store::secrets(tx, &webhook)?;
    Ok(Some(Parcel { delivery, webhook, told, secrets }))
}

/// Sends a delivery once, and keeps what came of it.
async fn deliver(access: &Access, setup: &Setup, outbound: &Outbound, parcel: Parcel) -> Result<()> {
    let begun = clock::now();
    let sent = send(setup, outbound, &parcel, begun).await?;
    let (outcome, answered) = match sent {
        Ok(answered) => (outcome_of(answered.status), Some(answered)),
        Err(outcome) => (outcome, None),
    };
    let Parcel { delivery, webhook, .. } = parcel;
    let attempt = WebhookAttempt {
        id: Id::new(),
        network_id: delivery.network_id,
        delivery_id: delivery.id,
        attempted_at: begun,
        duration_ms: (clock::now().seconds_since(begun) * 1_000.0) as i32,
        status: answered.map(|answered| i32::from(answered.status)),
        outcome,
    };
    let after = settled(setup, &delivery, outcome, answered)?;
    let version = webhook.version;
    access.console(move |tx| keep(tx, &webhook, version, &delivery, &after, &attempt)).await
}

/// One request, or why none was made.
async fn send(
    setup: &Setup,
    outbound: &Outbound,
    parcel: &Parcel,
    now: Instant,
) -> Result<Result<Answered, Outcome>> {
    let Parcel { delivery, webhook, told, secrets } = parcel;
    if delivery.number.is_some() && told.as_ref().is_none_or(message::Told::is_expired) {
        return Ok(Err(Outcome::Expired));
    }
    let secrets: Vec<Vec<u8>> =
        secrets.iter().filter_map(|sealed| setup.sealer.open(webhook.id, sealed)).collect();
    if secrets.is_empty() {
        return Ok(Err(Outcome::Unsigned));
    }
    let Ok(url) = rules::address(&webhook.url) else { return Ok(Err(Outcome::Unreachable)) };
    let body = message::body(delivery, told.as_ref(), &setup.public_url)?;
    let headers = message::headers(delivery.id, &body, secrets, now)?;
    Ok(outbound.post(url, headers, body).await.map_err(|fault| match fault {
        Fault::Refused => Outcome::AddressNotAllowed,
        Fault::Unreachable => Outcome::Unreachable,
        Fault::TimedOut => Outcome::TimedOut,
        Fault::Broken => Outcome::Broken,
    }))
}

fn outcome_of(status: u16) -> Outcome {
    match status {
        200..300 => Outcome::Delivered,
        300..400 => Outcome::Redirected,
        410 => Outcome::Gone,
        _ => Outcome::Refused,
    }
}

/// Where a delivery stands after a sending: delivered, due again, or given up.
fn settled(
    setup: &Setup,
    delivery: &DeliveryRow,
    outcome: Outcome,
    answered: Option<Answered>,
) -> Result<DeliveryRow> {
    let (now, mut after) = (clock::now(), delivery.clone());
    if outcome == Outcome::Delivered {
        after.state = DeliveryState::Delivered;
        after.delivered_at = after.delivered_at.or(Some(now));
        return Ok(after);
    }
    after.tries += 1;
    let wanted = answered.and_then(|answered| answered.retry_after);
    let pause = setup.schedule.pause_of_at_least(after.tries as usize, dice()?, wanted);
    // What is over stays over; and who sent a test looks at what came of it.
    let over = matches!(outcome, Outcome::Expired) || delivery.number.is_none();
    match pause.and_then(|pause| chrono::Duration::from_std(pause).ok()) {
        Some(pause) if !over => after.due_at = now.plus(pause),
        _ => after.state = DeliveryState::Failed,
    }
    Ok(after)
}

/// Keeps what came of a sending, and disables a webhook whose receiver is gone, or has failed for too long.
fn keep(
    tx: &mut Tx<'_>,
    webhook: &Webhook,
    version: i32,
    taken: &DeliveryRow,
    after: &DeliveryRow,
    attempt: &WebhookAttempt,
) -> Result<()> {
    let failing_since = match attempt.outcome {
        Outcome::Delivered => None,
        _ => Some(store::failing_since(tx, webhook)?.unwrap_or(tx.now)),
    };
    let disabled = match attempt.outcome {
        Outcome::Gone => Some(DisabledReason::Gone),
        Outcome::Expired => None,
        _ if rules::is_given_up(failing_since, tx.now) => Some(DisabledReason::Failing),
        _ => None,
    };
    if let Some(reason) = disabled {
        // The network's row first, as by everybody who writes.
        tx.take(webhook.network_id)?;
        disable(tx, webhook.id, version, reason)?;
    }
    queue::settle(tx, taken, after)?;
    queue::log(tx, attempt)?;
    // Nothing was sent that could have arrived.
    if attempt.outcome != Outcome::Expired {
        store::fared(tx, webhook, failing_since)?;
    }
    Ok(())
}

/// Unless somebody changed it since it was sent to: it may lead elsewhere now.
fn disable(tx: &mut Tx<'_>, webhook_id: Id, version: i32, reason: DisabledReason) -> Result<()> {
    let Some(mut webhook) = store::find(tx, webhook_id)?.filter(|webhook| webhook.version == version) else {
        return Ok(());
    };
    if rules::set_state(&mut webhook, WebhookState::Disabled, reason) {
        store::save(tx, &mut webhook)?;
        tx.note("disabled", &webhook);
    }
    Ok(())
}
