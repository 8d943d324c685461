//! The message that a receiver gets: an event in the JSON of CloudEvents 1.0, signed as Standard Webhooks has it.

use super::deliveries::DeliveryRow;
use crate::change_log::Row;
use crate::change_log::Tombstone;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::public_url::PublicUrl;
use crate::ids::Id;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use serde::Serialize;
use serde_json::value::RawValue;
use standardwebhooks::{HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook};

/// The media type of a CloudEvent in JSON, which HTTP in structured mode asks for.
pub const MEDIA_TYPE: &str = "application/cloudevents+json; charset=utf-8";

/// A change with what its record was like after it.
pub struct Told {
    pub change: Row,
    pub record: Option<String>,
}

impl Told {
    /// Whether what the record was like has been removed: 30 days have passed, or it was erased.
    pub fn is_expired(&self) -> bool {
        let shown = matches!(Tombstone::of(&self.change.kind), None | Some(Tombstone::Withdrawn));
        shown && self.record.is_none()
    }
}

#[derive(Serialize)]
struct Event<'a, D: Serialize> {
    specversion: &'static str,
    id: Id,
    source: String,
    r#type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<Id>,
    time: Instant,
    datacontenttype: &'static str,
    data: D,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ChangeData<'a> {
    kind: &'a str,
    network_id: Id,
    number: i64,
    changed_at: Instant,
    cycle_id: Option<Id>,
    actor_id: Option<Id>,
    subject_id: Id,
    subject_version: i32,
    tombstone: Option<Tombstone>,
    record: Option<&'a RawValue>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PingData {
    network_id: Id,
    webhook_id: Id,
}

/// The body of a delivery: the same bytes each time it is sent.
pub fn body(delivery: &DeliveryRow, told: Option<&Told>, public_url: &PublicUrl) -> Result<Vec<u8>> {
    let base = public_url.0.as_deref().unwrap_or_default();
    let source = format!("{base}/v1/networks/{}", delivery.network_id);
    let bytes = match told {
        None => serde_json::to_vec(&Event {
            specversion: "1.0",
            id: delivery.id,
            source,
            r#type: &delivery.kind,
            subject: Some(delivery.webhook_id),
            time: delivery.created_at,
            datacontenttype: "application/json",
            data: PingData { network_id: delivery.network_id, webhook_id: delivery.webhook_id },
        }),
        Some(Told { change, record }) => {
            let record: Option<&RawValue> =
                record.as_deref().map(serde_json::from_str).transpose().map_err(Error::internal)?;
            serde_json::to_vec(&Event {
                specversion: "1.0",
                id: delivery.id,
                source,
                r#type: &change.kind,
                subject: Some(change.subject_id),
                time: change.at,
                datacontenttype: "application/json",
                data: ChangeData {
                    kind: &change.kind,
                    network_id: change.network_id,
                    number: change.number,
                    changed_at: change.at,
                    cycle_id: change.cycle_id,
                    actor_id: change.actor_id,
                    subject_id: change.subject_id,
                    subject_version: change.subject_version,
                    tombstone: Tombstone::of(&change.kind),
                    record,
                },
            })
        }
    };
    bytes.map_err(Error::internal)
}

/// The headers of one sending: signed by each of these secrets at this moment.
pub fn headers(id: Id, body: &[u8], secrets: Vec<Vec<u8>>, now: Instant) -> Result<HeaderMap> {
    let (id, timestamp) = (id.to_string(), now.to_chrono().timestamp());
    let sign = |secret| Webhook::from_bytes(secret)?.sign(&id, timestamp, body);
    let signatures: Vec<String> =
        secrets.into_iter().map(sign).collect::<Result<_, _>>().map_err(Error::internal)?;
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    let signature = HeaderValue::from_str(&signatures.join(" ")).map_err(Error::internal)?;
    headers.insert(HEADER_WEBHOOK_ID, HeaderValue::from_str(&id).map_err(Error::internal)?);
    headers.insert(HEADER_WEBHOOK_TIMESTAMP, HeaderValue::from(timestamp));
    headers.insert(HEADER_WEBHOOK_SIGNATURE, signature);
    Ok(headers)
}
