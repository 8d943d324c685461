//! A receiver of webhooks that one can watch: what a team outside writes for itself, in small.

use super::args::ListenArgs;
use super::{Outcome, say};
use crate::clock;
use crate::config::secret_in_file;
use actix_web::rt::System;
use actix_web::web::{self, Bytes, Data, PayloadConfig};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};
use standardwebhooks::{HEADER_WEBHOOK_ID, Webhook, WebhookError};
use std::net::ToSocketAddrs;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes of a delivery that are read: more than any record has.
const MOST: usize = 4 * 1024 * 1024;

struct Listener {
    secret: String,
    json: bool,
    /// Deliveries that are still to be refused, so that one can see them come again.
    to_fail: AtomicUsize,
}

/// Listens until SIGTERM or SIGINT, and prints a line for each delivery.
pub fn listen(args: &ListenArgs) -> Outcome {
    let address = args.bind.trim().to_socket_addrs().ok().and_then(|mut addresses| addresses.next());
    let address = address
        .ok_or_else(|| format!("--bind: expected HOST:PORT, such as 127.0.0.1:9000, not {:?}.", args.bind))?;
    // The library takes any base64, whatever stands before it.
    let secret = secret_in_file("WEBHOOK_SECRET", &args.secret, &args.secret_file)?.unwrap_or_default();
    let usable = secret.starts_with("whsec_") && Webhook::new(&secret).is_ok();
    if !usable {
        return Err("WEBHOOK_SECRET: expected the `secret` of a webhook: whsec_ and base64."
            .to_owned()
            .into());
    }
    let listener =
        Data::new(Listener { secret, json: args.json, to_fail: AtomicUsize::new(args.fail_first) });
    System::new()
        .block_on(async {
            let server = HttpServer::new(move || {
                App::new()
                    .app_data(listener.clone())
                    .app_data(PayloadConfig::new(MOST))
                    .default_service(web::to(receive))
            })
            .workers(1)
            .bind(address)?;
            if let Some(address) = server.addrs().first() {
                say(&format!("listening on http://{address}"));
            }
            server.run().await
        })
        .map_err(|error| format!("Cannot listen on {address}: {error}.").into())
}

async fn receive(request: HttpRequest, body: Bytes, listener: Data<Listener>) -> HttpResponse {
    let headers = headers(&request);
    let id = headers.get(HEADER_WEBHOOK_ID).and_then(|id| id.to_str().ok()).unwrap_or("-");
    let now = clock::now();
    // Before the body is read: who did not sign it may have written anything.
    if let Err(error) = verify(&listener.secret, &headers, &body) {
        say(&match listener.json {
            true => json!({"receivedAt": now, "verified": false, "reason": error.to_string()}).to_string(),
            false => format!("{now}  refused with 401: {error}"),
        });
        return HttpResponse::Unauthorized().finish();
    }
    let fails =
        listener.to_fail.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
    let (event, status): (Value, u16) =
        (serde_json::from_slice(&body).unwrap_or_default(), if fails { 500 } else { 204 });
    say(&match listener.json {
        true => {
            json!({"receivedAt": now, "verified": true, "webhookId": id, "answered": status, "event": event})
                .to_string()
        }
        false => line(&now.to_string(), id, &event, status),
    });
    if fails { HttpResponse::InternalServerError().finish() } else { HttpResponse::NoContent().finish() }
}

fn verify(secret: &str, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
    Webhook::new(secret)?.verify(body, headers)
}

/// The headers in the types of the library.
fn headers(request: &HttpRequest) -> HeaderMap {
    let named =
        |(name, value): (&actix_web::http::header::HeaderName, &actix_web::http::header::HeaderValue)| {
            let name = HeaderName::from_bytes(name.as_str().as_bytes()).ok()?;
            Some((name, HeaderValue::from_bytes(value.as_bytes()).ok()?))
        };
    request.headers().iter().filter_map(named).collect()
}

/// A delivery in one line. It is signed, but what people wrote may still hold what a terminal obeys.
fn line(now: &str, id: &str, event: &Value, status: u16) -> String {
    let data = &event["data"];
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    };
    let answered = if status < 300 { String::new() } else { format!("  answered with {status}") };
    let told = format!(
        "{now}  {}  {}  number {}  version {}  id {id}{answered}",
        text(&event["type"]),
        text(&event["subject"]),
        text(&data["number"]),
        text(&data["subjectVersion"]),
    );
    told.chars().filter(|letter| !letter.is_control()).collect()
}
