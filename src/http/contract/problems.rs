//! The problems of the contract: one schema, one answer a status.

use super::versioned;
use crate::error::FieldError;
use crate::http::problem;
use actix_web::http::StatusCode;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

/// What tells how much is left of the limits, on every answer of a request that was counted.
const RATE_HEADERS: [&str; 2] = ["RateLimit", "RateLimit-Policy"];

/// The components that describe them.
pub(super) fn rate_headers() -> Map<String, Value> {
    let header = |description: &str, example: &str| json!({"description": description, "schema": {"type": "string"}, "example": example});
    let told = "What is left of each limit that the request was counted for: `r` requests, and `t` seconds until all of it is there again (draft-ietf-httpapi-ratelimit-headers). On every answer of a server that has limits.";
    let policies = "The limits: `q` requests in `w` seconds, which may all come at once and are then given back evenly. `credential` is the sign-in or API key, `address` where the request came from, `sign-in` what is changed from there without a sign-in. Each instance of the server counts for itself.";
    let headers = [
        header(told, "\"credential\";r=1199;t=1, \"address\";r=5999;t=1"),
        header(policies, "\"credential\";q=1200;w=60, \"address\";q=6000;w=60"),
    ];
    RATE_HEADERS.into_iter().map(str::to_owned).zip(headers).collect()
}

/// A status in words, as the name of its answer.
pub(super) fn response_name(status: u16) -> String {
    let words =
        StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Error");
    words.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The answer of a 404, where it is told in words as well.
pub(super) fn not_found() -> Value {
    json!({
        "description": "Not Found; in words where text/html is liked better.",
        "content": {problem::MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    })
}

pub(super) fn responses() -> Value {
    let mut responses = Map::new();
    for status in [400, 401, 403, 404, 406, 408, 409, 410, 412, 413, 415, 428, 429, 500, 503] {
        let words =
            StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Error");
        let mut response = json!({
            "description": words,
            "content": {problem::MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        });
        let header = |description: &str| json!({"description": description, "schema": {"type": "string"}});
        match status {
            401 => response["headers"]["WWW-Authenticate"] = header("Bearer"),
            503 => response["headers"]["Retry-After"] = header("Seconds to wait."),
            429 => {
                response["headers"]["Retry-After"] = header("Seconds to wait.");
                for name in RATE_HEADERS {
                    response["headers"][name] = json!({"$ref": format!("#/components/headers/{name}")});
                }
            }
            _ => {}
        }
        responses.insert(response_name(status), versioned(response));
    }
    Value::Object(responses)
}

/// A problem of a part of a request: as that of a whole one, without the request's id.
pub fn problem_of_part(description: &str, fault: &Schema) -> Schema {
    json_schema!({
        "type": "object",
        "description": description,
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"type": "string"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"type": "string"},
            "code": {"type": "string", "description": "Stable, for programs."},
            "errors": {"type": "array", "items": fault}
        }
    })
}

pub(super) fn schema(generator: &mut SchemaGenerator) -> Value {
    let fault = generator.subschema_for::<FieldError>();
    json!({
        "type": "object",
        "description": "What went wrong (RFC 9457). Some codes have further members.",
        "required": ["type", "title", "status", "detail", "code", "requestId"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"type": "string"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"type": "string"},
            "code": {"type": "string", "description": "Stable, for programs."},
            "requestId": {"type": "string"},
            "errors": {
                "type": "array",
                "description": "Every fault of the request at once.",
                "items": fault
            }
        },
        "examples": [{
            "type": "https://feedbacklus.example.org/problems/invalid_body", "title": "Bad Request", "status": 400,
            "detail": "The request has one fault; `errors` names each.", "code": "invalid_body",
            "requestId": "01890a5d-ac96-774b-bcce-b302099a8057",
            "errors": [{"pointer": "/body", "code": "required", "detail": "This member is needed."}]
        }, {
            "type": "https://feedbacklus.example.org/problems/personal_data", "title": "Bad Request", "status": 400,
            "detail": "The request has one fault; `errors` names each.", "code": "personal_data",
            "requestId": "01890a5d-ac96-774b-bcce-b302099a8057",
            "errors": [{
                "pointer": "/body", "code": "personal_data",
                "detail": "Leave out what tells who somebody is: here stands a citizen service number (BSN).",
                "kind": "bsn", "offset": 12, "length": 9
            }]
        }]
    })
}
