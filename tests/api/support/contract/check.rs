//! Holds answers against the contract: one that differs from the server fails whichever test notices.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::{Contract, Operation, contract};
use crate::support::client::{Answer, Request};

/// Building a validator costs milliseconds, using one microseconds: one per schema asked for.
fn cached(key: String, build: impl FnOnce() -> Option<Validator>) -> Option<Arc<Validator>> {
    static CACHE: LazyLock<Mutex<HashMap<String, Option<Arc<Validator>>>>> = LazyLock::new(Mutex::default);
    let mut cache = CACHE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    cache.entry(key).or_insert_with(|| build().map(Arc::new)).clone()
}

/// Fails the test unless the answer is one the contract allows.
#[track_caller]
pub fn check(base: &str, request: &Request, answer: &Answer) {
    let faults = faults(base, request, answer);
    assert!(
        faults.is_empty(),
        "{} answered {} against the contract:\n  {}\n{}",
        answer.asked,
        answer.status,
        faults.join("\n  "),
        answer.text
    );
}

/// What is wrong with the answer.
pub fn faults(base: &str, request: &Request, answer: &Answer) -> Vec<String> {
    let contract = contract(base);
    let mut faults = header_faults(request, answer);
    let outside = ["/livez", "/readyz", "/metrics", "/docs", "/app", "/.well-known"]
        .iter()
        .any(|path| request.path.starts_with(path));
    // What people are told in words must be listed, as all else.
    let in_words = answer.media_type() == "text/html" && request.path.starts_with("/v1/citizen-pages/");
    if answer.status >= 400 && !outside && !in_words {
        faults.extend(problem_faults(answer));
    }
    if let Some(operation) = contract.operation(request.method, &request.path) {
        faults.extend(operation_faults(contract, &operation, request, answer));
    } else if answer.status < 400 && !outside {
        faults.push("the contract has no such operation".into());
    }
    faults
}

fn header_faults(request: &Request, answer: &Answer) -> Vec<String> {
    let mut faults = Vec::new();
    let mut want = |name: &str, right: &dyn Fn(&str) -> bool| match answer.header(name) {
        Some(value) if right(value) => {}
        Some(value) => faults.push(format!("header {name} is {value:?}")),
        None => faults.push(format!("header {name} is missing")),
    };
    want("API-Version", &|value| value.split('.').count() == 3);
    // The app's own files may be kept, or asked for again.
    let file = answer.status < 400 && request.path.starts_with("/app/");
    want("Cache-Control", &|value| value == "no-store" || (file && value == "no-cache"));
    want("Content-Security-Policy", &|value| value.contains("frame-ancestors 'none'"));
    want("Strict-Transport-Security", &|value| value.contains("max-age="));
    want("X-Content-Type-Options", &|value| value == "nosniff");
    want("X-Frame-Options", &|value| value == "DENY");
    match answer.status {
        401 => want("WWW-Authenticate", &|value| value.starts_with("Bearer")),
        405 => want("Allow", &|value| !value.is_empty()),
        429 | 503 => want("Retry-After", &|value| value.parse::<u32>().is_ok()),
        _ => {}
    }
    let record = answer.body["id"].is_string();
    if let (200 | 201, Some(version), true) = (answer.status, answer.body["version"].as_i64(), record) {
        want("ETag", &|value| value == format!("\"{version}\""));
    }
    if let (201, Some(id)) = (answer.status, answer.body["id"].as_str()) {
        want("Location", &|value| value.ends_with(id) && value.contains("/v1/"));
    }
    faults
}

fn problem_faults(answer: &Answer) -> Vec<String> {
    let mut faults = Vec::new();
    if answer.media_type() != "application/problem+json" {
        faults.push(format!("a refusal as {:?}", answer.media_type()));
    }
    for member in ["type", "title", "detail", "code", "requestId"] {
        if answer.body[member].as_str().is_none_or(str::is_empty) {
            faults.push(format!("the problem has no {member}"));
        }
    }
    if answer.body["status"] != json!(answer.status) {
        faults.push(format!("the problem's status is {}", answer.body["status"]));
    }
    if answer.status == 400 && matches!(answer.body["code"].as_str(), Some("invalid_body" | "invalid_query"))
    {
        let errors = answer.body["errors"].as_array().map_or(&[][..], Vec::as_slice);
        let complete =
            |error: &Value| ["pointer", "code", "detail"].iter().all(|member| error[member].is_string());
        if errors.is_empty() || !errors.iter().all(complete) {
            faults.push("bad input without errors of {pointer, code, detail}".into());
        }
    }
    faults
}

fn operation_faults(
    contract: &Contract,
    operation: &Operation,
    request: &Request,
    answer: &Answer,
) -> Vec<String> {
    let mut faults = Vec::new();
    let response = contract.resolve(&operation.body["responses"][answer.status.to_string()]);
    if response.is_null() {
        return vec![format!("{} does not list this status", operation.id)];
    }
    let empty = Map::new();
    let content = response["content"].as_object().unwrap_or(&empty);
    if content.is_empty() {
        if !answer.text.is_empty() {
            faults.push("the contract promises no body".into());
        }
    } else if let Some(media) = content.get(answer.media_type()) {
        if answer.media_type().ends_with("json") {
            let key = format!("{} {} {}", operation.id, answer.status, answer.media_type());
            let validator = cached(key, || {
                media.get("schema").map(|schema| contract.validator(schema, answer.status < 400))
            });
            match validator {
                Some(validator) => faults.extend(
                    validator
                        .iter_errors(&answer.body)
                        .map(|error| format!("at {:?}: {error}", error.instance_path().to_string())),
                ),
                None => faults.push("the contract gives no schema".into()),
            }
        }
        if answer.media_type() == "application/jsonl" {
            let key = format!("{} {} lines", operation.id, answer.status);
            let validator = cached(key, || {
                let line = media["schema"].get("contentSchema");
                line.map(|schema| contract.validator(schema, true))
            });
            let Some(validator) = validator else { return vec!["the contract describes no lines".into()] };
            for line in answer.text.lines() {
                match serde_json::from_str(line) {
                    Ok(line) => faults.extend(validator.iter_errors(&line).map(|error| error.to_string())),
                    Err(error) => faults.push(format!("a line is no JSON: {error}")),
                }
            }
        }
    } else {
        faults.push(format!("{} does not list {:?}", operation.id, answer.media_type()));
    }
    if answer.status < 300 {
        faults.extend(request_faults(contract, operation, request));
    }
    faults
}

/// What the server took must be what the contract lets a client send.
fn request_faults(contract: &Contract, operation: &Operation, request: &Request) -> Vec<String> {
    let mut faults = Vec::new();
    let sent = request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let media_type = sent.map_or("", |(_, value)| value.split(';').next().unwrap_or("").trim());
    let is_json = media_type.to_lowercase().ends_with("json");
    if is_json && let Some(Ok(body)) = request.body.as_deref().map(serde_json::from_slice::<Value>) {
        let body_spec = contract.resolve(&operation.body["requestBody"]);
        let schema = body_spec["content"]
            .as_object()
            .and_then(|content| content.values().next())
            .and_then(|media| media.get("schema"));
        let validator = cached(format!("{} request", operation.id), || {
            schema.map(|schema| contract.validator(schema, false))
        });
        match validator {
            Some(validator) => faults.extend(validator.iter_errors(&body).map(|error| {
                format!(
                    "taken, but against the request schema at {:?}: {error}",
                    error.instance_path().to_string()
                )
            })),
            None => faults.push("a body was taken where the contract has none".into()),
        }
    }
    let query = request.path.split_once('?').map_or("", |(_, query)| query);
    for key in
        query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split('=').next().unwrap_or(pair))
    {
        let listed = operation.body["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|parameter| contract.resolve(parameter))
            .any(|parameter| parameter["name"] == key && parameter["in"] == "query");
        if !listed {
            faults.push(format!("the contract has no query key {key}"));
        }
    }
    faults
}
