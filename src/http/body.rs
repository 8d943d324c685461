//! Bodies: read once, up to a bound, straight into their type.

use super::arriving::{Arriving, json_broke_off};
use super::{faults, strict};
use crate::clock::{self, Instant};
use crate::error::{Error, FieldError, Result};
use crate::screening::{Manner, Unscreened};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use chrono::Duration;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;

/// The largest body that is read where its type says nothing else, in bytes.
pub const MAX_BODY: usize = 1024 * 1024;

/// A type that a client sends.
pub trait Input: DeserializeOwned + JsonSchema + 'static {
    /// The largest that is read, in bytes.
    const MOST_BYTES: usize = MAX_BODY;

    /// A small valid one, shown in the contract.
    fn example() -> serde_json::Value;

    /// Faults that the body alone shows but no single member does.
    fn check(&self, _faults: &mut Vec<FieldError>) {}

    /// Every fault of bytes that are no such body.
    fn faults(bytes: &[u8]) -> Error {
        faults::of_body::<Self>(bytes)
    }
}

/// A JSON body, of media type `application/json`. What is in it is handed out by the guard, which screens its texts.
pub struct Body<T>(T);

/// A JSON merge patch (RFC 7396), of media type `application/merge-patch+json`. As above.
pub struct Patch<T>(T);

/// What came with a request to be written, for the guard to screen.
pub trait Sent: Send + 'static {
    type Value: Serialize + DeserializeOwned + Send + 'static;

    fn unscreened(self) -> Unscreened<Self::Value>;
}

impl<T: Serialize + DeserializeOwned + Send + 'static> Sent for Body<T> {
    type Value = T;

    fn unscreened(self) -> Unscreened<T> {
        Unscreened::new(self.0, Manner::Whole, false)
    }
}

impl<T: Serialize + DeserializeOwned + Send + 'static> Sent for Patch<T> {
    type Value = T;

    fn unscreened(self) -> Unscreened<T> {
        Unscreened::new(self.0, Manner::Patch, false)
    }
}

impl<T> Body<T> {
    /// What a handler has to know before the guard does, to choose the operation or the place. Nothing of it is stored.
    pub fn ahead(&self) -> &T {
        &self.0
    }

    /// A body that says nothing to a network: who signs in, a person's own account; or a batch, of which each item is
    /// screened for its own. `tests/api/architecture.rs` lists who asks.
    pub fn of_no_network(self) -> T {
        self.0
    }
}

impl<T> Patch<T> {
    /// See [`Body::ahead`].
    pub fn ahead(&self) -> &T {
        &self.0
    }
}

type Reading<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

impl<T: Input> FromRequest for Body<T> {
    type Error = Error;
    type Future = Reading<Body<T>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move { read(&request, payload, "application/json").await.map(Body) })
    }
}

impl<T: Input> FromRequest for Patch<T> {
    type Error = Error;
    type Future = Reading<Patch<T>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move { read(&request, payload, "application/merge-patch+json").await.map(Patch) })
    }
}

async fn read<T: Input>(request: &HttpRequest, payload: Payload, media_type: &'static str) -> Result<T> {
    if !sent_in(request, media_type) {
        return Err(Error::UnsupportedMediaType(media_type));
    }
    parse(&collect::<T>(request, payload).await?)
}

/// Whether a body is of this media type, in UTF-8.
pub fn sent_in(request: &HttpRequest, media_type: &str) -> bool {
    let sent =
        request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = sent.split(';').next().unwrap_or_default().trim();
    let charset = sent.split(';').skip(1).find_map(|part| part.trim().strip_prefix("charset="));
    essence.eq_ignore_ascii_case(media_type)
        && charset.is_none_or(|charset| charset.trim_matches(['"', ' ']).eq_ignore_ascii_case("utf-8"))
}

/// JSON in UTF-8 as a `T`; 400 with every fault where it is none.
pub fn parse<T: Input>(bytes: &[u8]) -> Result<T> {
    let Ok(body) = strict::from_slice::<T>(bytes) else { return Err(T::faults(bytes)) };
    let mut errors = Vec::new();
    body.check(&mut errors);
    if errors.is_empty() { Ok(body) } else { Err(Error::invalid_body(errors)) }
}

/// Reads the body, up to the bound of its type. One that says that it is longer is not read at all.
async fn collect<T: Input>(request: &HttpRequest, payload: Payload) -> Result<Bytes> {
    if said_length(request).is_some_and(|length| length > T::MOST_BYTES as u64) {
        return Err(Error::TooLarge(T::MOST_BYTES));
    }
    let arriving = Arriving::new(request, payload).at_most(T::MOST_BYTES as u64);
    arriving.whole().await.map_err(|broken| broken.refused(T::MOST_BYTES as u64, json_broke_off))
}

/// How long a body is, as far as it says so.
pub fn said_length(request: &HttpRequest) -> Option<u64> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// When something happened, as the client says: never more than five minutes in the future, and then taken as now.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub struct HappenedAt(Instant);

pub const IN_FUTURE: &str = "Must not lie more than five minutes in the future.";

pub fn lies_in_future(instant: Instant) -> bool {
    instant > clock::now().plus(Duration::minutes(5))
}

impl HappenedAt {
    /// The instant to store: the one given, or now where none was given or the client's clock runs ahead.
    pub fn or_now(given: Option<HappenedAt>, now: Instant) -> Instant {
        given.map_or(now, |HappenedAt(instant)| instant.min(now))
    }

    /// For records that are entered after the fact, such as the demo's.
    pub fn at(instant: Instant) -> HappenedAt {
        HappenedAt(instant)
    }
}

impl<'de> Deserialize<'de> for HappenedAt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<HappenedAt, D::Error> {
        let instant = Instant::deserialize(deserializer)?;
        if lies_in_future(instant) {
            return Err(D::Error::custom(IN_FUTURE));
        }
        Ok(HappenedAt(instant))
    }
}

impl JsonSchema for HappenedAt {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "HappenedAt".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Instant::json_schema(generator);
        let meaning =
            "When it happened, now by default; at most five minutes in the future, and then taken as now.";
        schema.insert("description".into(), meaning.into());
        schema
    }
}
