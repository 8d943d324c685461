//! Webhooks and their deliveries. Nothing is sent: the name stands for this machine, which the shared servers do not reach.

use serde_json::json;

use super::{Make, World, delete, get, patch, post};

pub const CASES: &[(&str, Make)] = &[
    ("listWebhooks", |world, _| get(world.team.path("webhooks"))),
    ("createWebhook", |world, _| {
        post(world.fresh_team().path("webhooks"), json!({"url": "https://localhost/hook"}))
    }),
    ("getWebhook", |world, _| get(format!("/v1/webhooks/{}", webhook(world)))),
    ("updateWebhook", |world, _| {
        patch(format!("/v1/webhooks/{}", webhook(world)), 1, json!({"kinds": ["observation.*"]}))
    }),
    ("deleteWebhook", |world, _| delete(format!("/v1/webhooks/{}", webhook(world)), 1)),
    ("getWebhookHealth", |world, _| get(format!("/v1/webhooks/{}/health", webhook(world)))),
    ("createSecretRotation", |world, _| {
        post(format!("/v1/webhooks/{}/secret-rotations", webhook(world)), json!({}))
    }),
    ("createPing", |world, _| post(format!("/v1/webhooks/{}/pings", webhook(world)), json!({}))),
    ("listWebhookDeliveries", |world, _| get(format!("/v1/webhooks/{}/deliveries", webhook(world)))),
    ("getWebhookDelivery", |world, _| get(format!("/v1/webhook-deliveries/{}", delivery(world)))),
    ("createRedelivery", |world, _| {
        post(format!("/v1/webhook-deliveries/{}/redeliveries", delivery(world)), json!({}))
    }),
];

/// In a network of its own, which has only so many; disabled, so that no change of it comes between.
fn webhook(world: &World) -> String {
    let kinds = json!({"url": "https://localhost/hook", "kinds": ["dossier_entry.created"]});
    world.founder().post(world.fresh_team().path("webhooks"), kinds).expect(201).id()
}

fn delivery(world: &World) -> String {
    world.founder().post(format!("/v1/webhooks/{}/pings", webhook(world)), json!({})).expect(202).id()
}
