//! Webhooks: addresses outside that are told of a network's changes, as Standard Webhooks (standardwebhooks.com) and
//! CloudEvents 1.0 have it. `courier` follows the change log and sends; the rest is how coordinators look after them.

pub mod api;
pub mod courier;
pub mod deliveries;
mod follow;
mod message;
mod queue;
pub mod rules;
pub mod sealing;
mod store;
pub mod types;

use crate::access::Tx;
use crate::change_log::{self, snapshots};
use crate::error::{Error, FieldError, Result};
use crate::http::precondition::IfMatch;
use crate::http::public_url::PublicUrl;
use crate::http::text::{Text, Token};
use crate::ids::Id;
use crate::outbound::client::literal;
use crate::outbound::reach::Reach;
use crate::outbound::retry::Schedule;
use crate::record;
use crate::record::Created;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use deliveries::{DeliveryRow, DeliveryState};
use sealing::Sealer;
use std::time::Duration;
use types::{
    DisabledReason, NewWebhook, SecretRotation, SecretRotationCreate, Webhook, WebhookCreate, WebhookPatch,
    WebhookState,
};

/// What a secret begins with in its written form (Standard Webhooks).
const PREFIX: &str = "whsec_";
/// Bytes of a secret: 24 to 64, says Standard Webhooks.
const SECRET: usize = 32;
/// Secrets that sign at the same time.
const MOST_SECRETS: usize = 5;
/// Webhooks of one network.
const MOST: i64 = 20;

/// What the server's webhooks share.
pub struct Setup {
    pub reach: Reach,
    pub time_out: Duration,
    pub schedule: Schedule,
    pub public_url: PublicUrl,
    pub sealer: Sealer,
}

/// Refuses an address that can be seen, without looking a name up, to lead where nothing may be sent.
pub fn may_be_reached(setup: &Setup, url: Option<&str>) -> Result<()> {
    let Some(Ok(url)) = url.map(rules::address) else { return Ok(()) };
    let plain = url.scheme() == "http";
    let permitted = match literal(&url) {
        Some(address) if plain => setup.reach.permits_plain(address),
        Some(address) => setup.reach.permits(address),
        // What the name stands for is seen at each sending.
        None => !plain || setup.reach.has_own_networks(),
    };
    if permitted {
        return Ok(());
    }
    let detail = if plain {
        "Must begin with https://. Unencrypted is for networks that the operator of this server allows."
    } else {
        "Leads to a network that this server does not reach for webhooks. Its operator can allow one."
    };
    Err(Error::invalid_body(vec![FieldError::new("/url", "address_not_allowed", detail)]))
}

/// Subscribes an address, from the next change on.
pub fn create(
    tx: &mut Tx<'_>,
    sealer: &Sealer,
    network_id: Id,
    author_id: Id,
    body: &WebhookCreate,
) -> Result<Created<NewWebhook>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(NewWebhook { webhook: stored, secret: None }, &digest, here);
    }
    if store::count(tx, network_id)? >= MOST {
        let detail = format!("A network has {MOST} webhooks at most. Delete one that is not needed.");
        return Err(Error::conflict("too_many_webhooks", detail));
    }
    let webhook = Webhook {
        id: body.id.unwrap_or_default(),
        network_id,
        url: body.url.to_string(),
        kinds: kinds(body.kinds.as_deref().unwrap_or_default()),
        description: body.description.as_deref().map(Into::into),
        state: WebhookState::Enabled,
        disabled_reason: None,
        created_by: author_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &webhook)?;
    store::begin(tx, &webhook)?;
    let secret = new_secret(tx, sealer, &webhook)?;
    snapshots::keep_from_now_on(tx, network_id, true)?;
    tx.note("created", &webhook);
    Ok(Created::fresh(NewWebhook { webhook, secret: Some(secret) }))
}

fn kinds(wanted: &[Token<80>]) -> crate::db::types::Json<Vec<String>> {
    let all = || vec![rules::ALL.to_owned()];
    let wanted: Vec<String> = wanted.iter().map(|kind| kind.to_string()).collect();
    crate::db::types::Json(if wanted.is_empty() { all() } else { wanted })
}

/// Changes where it leads, what it is told, and whether it is. Enabled again, it goes on from where it was.
pub fn update(
    tx: &mut Tx<'_>,
    mut webhook: Webhook,
    if_match: &IfMatch,
    patch: WebhookPatch,
) -> Result<Webhook> {
    if_match.demand(webhook.version)?;
    patch.url.apply(&mut webhook.url, Text::into_string);
    patch.kinds.apply(&mut webhook.kinds, |wanted| kinds(&wanted));
    patch.description.apply(&mut webhook.description, Text::into_string);
    let enabled = patch.state.0.is_some_and(|state| {
        rules::set_state(&mut webhook, state, DisabledReason::ByHand) && state == WebhookState::Enabled
    });
    store::save(tx, &mut webhook)?;
    if enabled {
        // What failed before it was disabled is no reason to disable it at the next failure.
        store::clear_failures(tx, &webhook)?;
    }
    tx.note("updated", &webhook);
    Ok(webhook)
}

/// Removes a webhook with its secrets and deliveries: it carries no practice.
pub fn delete(tx: &mut Tx<'_>, webhook: &Webhook, if_match: &IfMatch) -> Result<()> {
    if_match.demand(webhook.version)?;
    store::delete(tx, webhook)?;
    if store::count(tx, webhook.network_id)? == 0 {
        snapshots::keep_from_now_on(tx, webhook.network_id, false)?;
    }
    tx.note("deleted", webhook);
    Ok(())
}

/// Gives a webhook a new secret; those before sign beside it for a while.
pub fn rotate(
    tx: &mut Tx<'_>,
    sealer: &Sealer,
    mut webhook: Webhook,
    body: &SecretRotationCreate,
) -> Result<SecretRotation> {
    let former_expire_at = tx.now.plus(body.overlap());
    store::end_secrets(tx, &webhook, former_expire_at)?;
    if store::secrets(tx, &webhook)?.len() >= MOST_SECRETS {
        let detail = format!(
            "{MOST_SECRETS} secrets sign already. Let them end first, or rotate with `overlapHours` 0."
        );
        return Err(Error::conflict("too_many_secrets", detail));
    }
    let secret = new_secret(tx, sealer, &webhook)?;
    store::save(tx, &mut webhook)?;
    tx.note("secret_rotated", &webhook);
    Ok(SecretRotation { secret, former_expire_at })
}

/// Makes a secret, keeps it sealed, and answers with its written form.
fn new_secret(tx: &mut Tx<'_>, sealer: &Sealer, webhook: &Webhook) -> Result<String> {
    let mut secret = [0; SECRET];
    getrandom::fill(&mut secret).map_err(Error::internal)?;
    store::add_secret(tx, webhook, &sealer.seal(webhook.id, &secret)?)?;
    Ok(format!("{PREFIX}{}", STANDARD.encode(secret)))
}

/// Sends a test to this webhook alone, once, even while it is disabled.
pub fn ping(tx: &mut Tx<'_>, webhook: &Webhook) -> Result<DeliveryRow> {
    let delivery = DeliveryRow {
        id: Id::new(),
        network_id: webhook.network_id,
        webhook_id: webhook.id,
        number: None,
        kind: rules::PING.to_owned(),
        state: DeliveryState::Waiting,
        tries: 0,
        due_at: tx.now,
        held_until: None,
        created_at: tx.now,
        delivered_at: None,
    };
    queue::add(tx, std::slice::from_ref(&delivery))?;
    tx.note("pinged", webhook);
    Ok(delivery)
}

/// Sends something once more, whatever came of it before; with retries, as if it were new.
pub fn redeliver(tx: &mut Tx<'_>, mut delivery: DeliveryRow) -> Result<DeliveryRow> {
    let webhook = store::find(tx, delivery.webhook_id)?.ok_or(Error::NotFound)?;
    if let Some(number) = delivery.number {
        let told = told(tx, &delivery, number)?;
        if told.is_none_or(|told| told.is_expired()) {
            let detail = "What the record was like then is not kept any more, and cannot be sent again.";
            return Err(Error::conflict("snapshot_gone", detail));
        }
        if webhook.state == WebhookState::Disabled {
            return Err(Error::conflict(
                "webhook_disabled",
                "Enable the webhook first; a test can be sent at any time.",
            ));
        }
    }
    queue::again(tx, &delivery)?;
    (delivery.state, delivery.tries, delivery.due_at) = (DeliveryState::Waiting, 0, tx.now);
    tx.note("redelivered", &webhook);
    Ok(delivery)
}

/// The change that a delivery tells of, with what its record was like.
fn told(tx: &mut Tx<'_>, delivery: &DeliveryRow, number: i64) -> Result<Option<message::Told>> {
    let change = change_log::between(tx, delivery.network_id, None, (number - 1, number), 1)?.pop();
    let record = snapshots::find(tx, delivery.network_id, number)?;
    Ok(change.map(|change| message::Told { change, record }))
}

/// Removes deliveries that are too old.
pub fn sweep(tx: &mut Tx<'_>) -> Result<()> {
    Ok(queue::sweep(tx)?)
}
