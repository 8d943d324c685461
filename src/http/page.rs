//! Lists: newest first, oldest first or best first, in pages that a cursor continues. A cursor names the last record seen, so records
//! that come or go meanwhile make none appear twice and none that was there be left out.

use super::accept;
use super::body::Input;
use super::export::Form;
use super::faults;
use super::kept_pages::KeptPages;
use super::precondition::IfNoneMatch;
use crate::clock::Instant;
use crate::error::{Error, FieldError, Result};
use crate::ids::Id;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::future::{Ready, ready};

pub const DEFAULT_LIMIT: i64 = 50;
pub const MAX_LIMIT: i64 = 200;
/// The longest cursor that is read, in characters.
pub const MAX_CURSOR: usize = 100;

/// What a list is ordered by, with the id as tie-break; a cursor holds it in eight bytes, to the last bit.
pub trait Order: Copy + 'static {
    fn to_bytes(self) -> [u8; 8];
    fn from_bytes(bytes: [u8; 8]) -> Option<Self>;
}

impl Order for Instant {
    fn to_bytes(self) -> [u8; 8] {
        self.micros().to_be_bytes()
    }
    fn from_bytes(bytes: [u8; 8]) -> Option<Instant> {
        Instant::from_micros(i64::from_be_bytes(bytes))
    }
}

/// How well a record answers a search; more is better.
impl Order for f64 {
    fn to_bytes(self) -> [u8; 8] {
        self.to_be_bytes()
    }
    fn from_bytes(bytes: [u8; 8]) -> Option<f64> {
        Some(f64::from_be_bytes(bytes)).filter(|rank| rank.is_finite())
    }
}

/// A list's filter and page, from its query string.
pub struct List<F, K = Instant> {
    pub filter: F,
    pub page: Page<K>,
}

/// The page that is asked for: where it begins and how long it is.
#[derive(Clone)]
pub struct Page<K = Instant> {
    pub limit: i64,
    /// The time (or rank) and id of the last record on the page before.
    pub after: Option<(K, Id)>,
    /// Whether it is one, or the whole list is asked for.
    pub(super) form: Form,
    /// Ties a cursor to the list, its filter and order.
    pub(super) binding: [u8; 8],
    /// The path and query that ask for it.
    pub(super) target: String,
    pub(super) known: IfNoneMatch,
    pub(super) kept: Data<KeptPages>,
}

impl<K> Page<K> {
    /// One more than the page holds, to know whether another follows.
    pub fn fetch(&self) -> i64 {
        self.limit + 1
    }
}

/// A query without keys.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoFilter {}

impl Input for NoFilter {
    fn example() -> Value {
        Value::Object(Map::new())
    }
}

impl<F: Input, K: Order> FromRequest for List<F, K> {
    type Error = Error;
    type Future = Ready<Result<List<F, K>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(request))
    }
}

/// A query string that selects no page.
pub struct Query<F>(pub F);

impl<F: Input> FromRequest for Query<F> {
    type Error = Error;
    type Future = Ready<Result<Query<F>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse_query(request).map(Query))
    }
}

fn parse_query<F: Input>(request: &HttpRequest) -> Result<F> {
    let mut errors = Vec::new();
    let mut members = members(request.query_string(), &mut errors)?;
    accept::take_format(request, &mut members, &mut errors);
    read_filter(members, errors)
}

fn parse<F: Input, K: Order>(request: &HttpRequest) -> Result<List<F, K>> {
    let mut errors = Vec::new();
    let mut members = members(request.query_string(), &mut errors)?;
    accept::take_format(request, &mut members, &mut errors);
    let form = Form::of(request, &mut members, &mut errors);
    form.refuse_page(&members, &mut errors);
    let limit = match members.remove("limit") {
        None => DEFAULT_LIMIT,
        Some(text) => match text.as_str().unwrap_or_default().parse::<i64>() {
            Ok(limit) if (1..=MAX_LIMIT).contains(&limit) => limit,
            _ => {
                errors.push(FieldError::new(
                    "/limit",
                    "out_of_range",
                    format!("Must be a number from 1 to {MAX_LIMIT}."),
                ));
                DEFAULT_LIMIT
            }
        },
    };
    let cursor = members.remove("cursor");
    let binding = bind(request.path(), &members);
    let filter = read_filter(members, errors)?;
    let after = match cursor {
        None => None,
        Some(text) => Some(decode(text.as_str().unwrap_or_default(), binding).ok_or_else(|| {
            let detail = "This cursor is not one that this list, with this filter, gave out.";
            Error::Invalid {
                code: "invalid_cursor",
                errors: vec![FieldError::new("/cursor", "bad_format", detail)],
            }
        })?),
    };
    let page = Page {
        limit,
        after,
        form,
        binding,
        target: request.uri().path_and_query().map(ToString::to_string).unwrap_or_default(),
        known: IfNoneMatch::of(request)?,
        kept: request.app_data().cloned().ok_or_else(|| Error::internal("no pages set up"))?,
    };
    Ok(List { filter, page })
}

/// The query as a JSON object of texts; a key given twice is a fault.
fn members(query: &str, errors: &mut Vec<FieldError>) -> Result<Map<String, Value>> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).map_err(|_| {
        let fault = FieldError::new("", "bad_format", "The query string cannot be read.");
        Error::Invalid { code: "invalid_query", errors: vec![fault] }
    })?;
    let mut members = Map::new();
    for (key, value) in pairs {
        if members.insert(key.clone(), Value::String(value)).is_some() {
            errors.push(FieldError::new(format!("/{key}"), "duplicate", "Give this key once."));
        }
    }
    Ok(members)
}

fn read_filter<F: Input>(members: Map<String, Value>, mut errors: Vec<FieldError>) -> Result<F> {
    let members = Value::Object(members);
    match F::deserialize(&members) {
        Ok(filter) => {
            filter.check(&mut errors);
            if errors.is_empty() { Ok(filter) } else { Err(Error::Invalid { code: "invalid_query", errors }) }
        }
        Err(error) => {
            let known = errors.len();
            errors.extend(faults::of_value::<F>(&members));
            if errors.len() == known {
                errors.push(FieldError::new("", "bad_format", error.to_string()));
            }
            Err(Error::Invalid { code: "invalid_query", errors })
        }
    }
}

fn bind(path: &str, members: &Map<String, Value>) -> [u8; 8] {
    let mut keys: Vec<_> = members.iter().collect();
    keys.sort_by_key(|(key, _)| *key);
    let mut hash = Sha256::new();
    hash.update(path);
    for (key, value) in keys {
        hash.update([0]);
        hash.update(key);
        hash.update([0]);
        hash.update(value.as_str().unwrap_or_default());
    }
    let mut binding = [0; 8];
    binding.copy_from_slice(&hash.finalize()[..8]);
    binding
}

fn encode(binding: [u8; 8], key: impl Order, id: Id) -> String {
    let mut place = Vec::with_capacity(32);
    place.extend(key.to_bytes());
    place.extend(id.0.as_bytes());
    let seal = seal(binding, &place);
    place.extend(seal);
    URL_SAFE_NO_PAD.encode(place)
}

/// Tells a cursor of this list from any other text. It guards against mistakes, not against malice: a forged cursor
/// shows nothing that its list would not.
fn seal(binding: [u8; 8], place: &[u8]) -> [u8; 8] {
    let digest = Sha256::new().chain_update(binding).chain_update(place).finalize();
    let mut seal = [0; 8];
    seal.copy_from_slice(&digest[..8]);
    seal
}

fn decode<K: Order>(text: &str, binding: [u8; 8]) -> Option<(K, Id)> {
    let bytes: [u8; 32] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
    let (place, sealed) = bytes.split_at(24);
    let key = K::from_bytes(place[..8].try_into().ok()?);
    let id = uuid::Uuid::from_slice(&place[8..]).ok()?;
    (seal(binding, place) == sealed).then_some((key?, Id(id)))
}

/// A page as it is sent.
#[derive(Serialize)]
struct PageBody<'a, R> {
    items: &'a [R],
    #[serde(rename = "nextCursor")]
    next_cursor: Option<String>,
}

/// A page, ready to be sent more than once.
#[derive(Clone)]
pub(super) struct Rendered {
    pub body: Bytes,
    pub link: Option<String>,
}

impl<K: Order> Page<K> {
    /// Answers with a page. `rows` may hold one more than the page does; `key` is what the list is ordered by.
    pub fn answer<R: Serialize>(&self, rows: &[R], key: impl Fn(&R) -> (K, Id)) -> Result<HttpResponse> {
        Ok(self.render(rows, key)?.answer(None))
    }

    /// Those of the rows that are on the page, and the cursor of the page after it.
    pub fn cut<'r, R>(&self, rows: &'r [R], key: impl Fn(&R) -> (K, Id)) -> (&'r [R], Option<String>) {
        let size = self.limit as usize;
        let items = &rows[..rows.len().min(size)];
        let next_cursor = match items.last() {
            Some(last) if rows.len() > size => {
                let (order, id) = key(last);
                Some(encode(self.binding, order, id))
            }
            _ => None,
        };
        (items, next_cursor)
    }

    pub(super) fn render<R: Serialize>(&self, rows: &[R], key: impl Fn(&R) -> (K, Id)) -> Result<Rendered> {
        let (items, next_cursor) = self.cut(rows, key);
        let link = next_cursor.as_deref().map(|cursor| self.link(cursor));
        let mut body = Vec::with_capacity(64 + 768 * items.len());
        serde_json::to_writer(&mut body, &PageBody { items, next_cursor }).map_err(Error::internal)?;
        Ok(Rendered { body: body.into(), link })
    }

    /// The `Link` to the page that begins at the cursor (RFC 8288).
    pub fn link(&self, cursor: &str) -> String {
        let path = self.target.split('?').next().unwrap_or_default();
        format!("<{path}?{}>; rel=\"next\"", self.query(cursor))
    }

    /// The query that asks for the page that begins at the cursor.
    pub fn query(&self, cursor: &str) -> String {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
        let kept: String = kept.map(|pair| format!("{pair}&")).collect();
        format!("{kept}cursor={cursor}")
    }
}

impl Rendered {
    pub fn answer(self, etag: Option<String>) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response.insert_header((header::VARY, "Accept"));
        if let Some(etag) = etag {
            response.insert_header((header::ETAG, etag));
        }
        if let Some(link) = self.link {
            response.insert_header((header::LINK, link));
        }
        response.content_type("application/json").body(self.body)
    }
}
