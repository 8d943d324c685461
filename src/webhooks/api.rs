//! Webhooks over HTTP.

use super::deliveries::{DeliveryFilter, WebhookDelivery, WebhookDeliveryDetail};
use super::queue::{self, OneDelivery};
use super::store::{self, OneWebhook};
use super::types::{Nothing, SecretRotationCreate, WebhookCreate, WebhookPatch};
use super::{Setup, may_be_reached};
use crate::access::{Guard, InNetwork, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, NoFilter, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use serde::Serialize;

pub async fn list(network: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load = |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list(tx, seen.found, page)?);
    let by_creation = |webhook: &super::types::Webhook| (webhook.created_at, webhook.id);
    list.page.of_network(&guard, Op::ListWebhooks, InNetwork(network.id), load, by_creation).await
}

pub async fn create(
    network: PathId,
    guard: Guard,
    setup: Data<Setup>,
    body: Body<WebhookCreate>,
) -> Result<HttpResponse> {
    may_be_reached(&setup, Some(&body.ahead().url))?;
    let created = guard
        .write_from(Op::CreateWebhook, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, &setup.sealer, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(webhook: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetWebhook, OneWebhook(webhook.id)).await?;
    answer::record(&found)
}

pub async fn update(
    webhook: PathId,
    guard: Guard,
    setup: Data<Setup>,
    if_match: IfMatch,
    patch: Patch<WebhookPatch>,
) -> Result<HttpResponse> {
    may_be_reached(&setup, patch.ahead().url.0.as_deref())?;
    let updated = guard
        .write_from(Op::UpdateWebhook, OneWebhook(webhook.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn delete(webhook: PathId, guard: Guard, if_match: IfMatch) -> Result<HttpResponse> {
    guard
        .write(Op::DeleteWebhook, OneWebhook(webhook.id), move |tx, seen| {
            super::delete(tx, &seen.found, &if_match)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

pub async fn health(webhook: PathId, guard: Guard) -> Result<HttpResponse> {
    let health = guard
        .read(Op::GetWebhookHealth, OneWebhook(webhook.id), |tx, seen| Ok(store::health(tx, &seen.found)?))
        .await?;
    answer::value(&health)
}

pub async fn rotate(
    webhook: PathId,
    guard: Guard,
    setup: Data<Setup>,
    body: Body<SecretRotationCreate>,
) -> Result<HttpResponse> {
    let rotated = guard
        .write_from(Op::CreateSecretRotation, OneWebhook(webhook.id), body, move |tx, seen, body| {
            super::rotate(tx, &setup.sealer, seen.found, body)
        })
        .await?;
    with_status(StatusCode::CREATED, &rotated.value)
}

pub async fn ping(webhook: PathId, guard: Guard, _: Body<Nothing>) -> Result<HttpResponse> {
    let delivery =
        guard.write(Op::CreatePing, OneWebhook(webhook.id), |tx, seen| super::ping(tx, &seen.found)).await?;
    with_status(StatusCode::ACCEPTED, &delivery.shown())
}

pub async fn list_deliveries(
    webhook: PathId,
    guard: Guard,
    list: List<DeliveryFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let window = page.clone();
    let rows: Vec<WebhookDelivery> = guard
        .read(Op::ListWebhookDeliveries, OneWebhook(webhook.id), move |tx, seen| {
            let rows = queue::list(tx, &seen.found, &filter, &window)?;
            Ok(rows.into_iter().map(super::deliveries::DeliveryRow::shown).collect())
        })
        .await?;
    page.answer(&rows, |delivery| (delivery.created_at, delivery.id))
}

pub async fn get_delivery(delivery: PathId, guard: Guard) -> Result<HttpResponse> {
    let detail = guard
        .read(Op::GetWebhookDelivery, OneDelivery(delivery.id), |tx, seen| {
            let attempts = queue::attempts(tx, &seen.found)?;
            Ok(WebhookDeliveryDetail { delivery: seen.found.shown(), attempts })
        })
        .await?;
    answer::value(&detail)
}

pub async fn redeliver(delivery: PathId, guard: Guard, _: Body<Nothing>) -> Result<HttpResponse> {
    let delivery = guard
        .write(Op::CreateRedelivery, OneDelivery(delivery.id), |tx, seen| super::redeliver(tx, seen.found))
        .await?;
    with_status(StatusCode::ACCEPTED, &delivery.shown())
}

fn with_status(status: StatusCode, value: &impl Serialize) -> Result<HttpResponse> {
    Ok(HttpResponse::build(status).content_type("application/json").body(answer::json(value)?))
}
