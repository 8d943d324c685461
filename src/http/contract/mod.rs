//! The contract: an OpenAPI 3.1 document, generated from the route table, the policy and the types. `openapi/feedbacklus.json`
//! is its checked-in copy.

mod free_texts;
mod links;
mod operations;
mod parameters;
mod problems;
pub(in crate::http) mod tidy;
mod variants;

pub use problems::problem_of_part;

use super::body::Input;
use super::envelope::API_VERSION;
use crate::privacy_warnings::types::PrivacyWarning;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Makes a type's schema, and registers those it refers to.
pub type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

pub fn schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// A body or query that an endpoint takes.
#[derive(Clone, Copy)]
pub struct Taken {
    pub schema: SchemaOf,
    pub example: fn() -> Value,
}

impl Taken {
    pub fn of<T: Input>() -> Taken {
        Taken { schema: schema_of::<T>, example: T::example }
    }
}

/// The header that says so of every answer, and the component that describes it.
const VERSION_HEADER: &str = "API-Version";

/// An answer, which like every answer tells the contract's version.
fn versioned(mut answer: Value) -> Value {
    answer["headers"][VERSION_HEADER] = json!({"$ref": format!("#/components/headers/{VERSION_HEADER}")});
    answer
}

/// The document as it is served.
pub fn bytes() -> &'static [u8] {
    static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| document().to_string().into_bytes());
    &BYTES
}

/// The whole document.
pub fn document() -> Value {
    let settings = || {
        SchemaSettings::draft2020_12().with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        })
    };
    // What is sent and what is read differ: members that have a default are optional in the one and present in the other.
    let mut sent = settings().for_deserialize().into_generator();
    let mut read = settings().for_serialize().into_generator();
    let mut paths = Map::new();
    let mut pages = Map::new();
    let mut warned = BTreeSet::new();
    for endpoint in crate::routes::table() {
        if free_texts::screened(&endpoint, &mut sent) {
            warned.extend(free_texts::answered_with(&endpoint, &mut read));
        }
        let operation = operations::operation(&endpoint, &mut sent, &mut read, &mut pages);
        let path = paths.entry(endpoint.path).or_insert_with(|| json!({}));
        path[endpoint.method.as_str().to_lowercase()] = operation;
    }
    let links = links::link(&mut paths);
    let problem = problems::schema(&mut read);
    read.subschema_for::<PrivacyWarning>();
    for name in warned {
        let mut component = read.definitions().get(&name).cloned().unwrap_or_default();
        free_texts::warn(&mut component, &mut read);
        read.definitions_mut().insert(name, component);
    }
    let mut schemas = read.take_definitions(true);
    // A type that is both sent and read is described as it is sent, which is the narrower.
    schemas.extend(sent.take_definitions(true));
    schemas.extend(pages);
    schemas.insert("Problem".into(), problem);
    variants::name(&mut schemas);
    schemas.sort_keys();
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "feedbacklus",
            "version": API_VERSION,
            "summary": "The feedback-loop tracker for action learning",
            "description": "A citizen's question leads to observations, those to reflections, those to actions, those to evaluated results, and those are returned to the citizen. Sign in at `/v1/auth/tokens`; send `Authorization: Bearer …`. Programs use an API key in its place, where an operation says that it may be given to one. Lists come newest first unless they say otherwise, in pages. A record's `id` may be chosen by the client and is the idempotency key of its creation. Members marked `x-free-text` are texts in which people write what they like, and are looked through for what tells who somebody is (`/v1/privacy-checks`): ask their writers to name nobody.",
            "contact": {"name": "feedbacklus", "url": "https://feedbacklus.example.org", "email": "api@feedbacklus.example.org"},
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
        },
        "servers": [{"url": "/", "description": "The server that this document came from"}],
        "security": [{"bearer": []}],
        "tags": crate::routes::TAGS.iter().map(|(name, description)| json!({"name": name, "description": description})).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                    "description": "The access token of somebody who has signed in."},
                "apiKey": {"type": "http", "scheme": "bearer", "bearerFormat": "fbl_…",
                    "description": "The key of an integration, which a coordinator has made: good for the operations that it was given, in its own network alone."}
            },
            "schemas": schemas,
            "responses": problems::responses(),
            "links": links,
            "headers": {VERSION_HEADER: {"description": "The version of this contract that the answer keeps to.",
                "schema": {"type": "string"}, "example": API_VERSION}}
        }
    });
    if let Some(headers) = document["components"]["headers"].as_object_mut() {
        headers.extend(problems::rate_headers());
    }
    tidy::tidy(&mut document);
    document
}
