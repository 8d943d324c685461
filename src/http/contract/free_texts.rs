//! What the contract says of texts that are screened: how their sender confirms what is found, and how it is answered.

use crate::access::Op;
use crate::access::scope::of_no_network;
use crate::http::endpoint::{Answer, Endpoint};
use crate::http::text::FREE_TEXT_MARK;
use crate::privacy_warnings::types::PrivacyWarning;
use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};
use std::collections::HashSet;

/// Whether an endpoint takes free texts to be stored by a network.
pub(super) fn screened(endpoint: &Endpoint, sent: &mut SchemaGenerator) -> bool {
    if of_no_network(endpoint.op) {
        return false;
    }
    // The lines of a file are the bodies of their creates.
    if matches!(endpoint.op, Op::CreateCycleImport | Op::CreateNetworkImport) {
        return true;
    }
    let Some(body) = endpoint.body else { return false };
    let schema = Value::from((body.schema)(sent));
    holds_free_text(&schema, sent.definitions(), &mut HashSet::new())
}

fn holds_free_text(schema: &Value, definitions: &Map<String, Value>, seen: &mut HashSet<String>) -> bool {
    match schema {
        Value::Object(members) => {
            let referred = members.get("$ref").and_then(Value::as_str).and_then(|at| at.rsplit('/').next());
            let refers = referred.is_some_and(|name| {
                seen.insert(name.to_owned())
                    && definitions.get(name).is_some_and(|schema| holds_free_text(schema, definitions, seen))
            });
            refers
                || members.contains_key(FREE_TEXT_MARK)
                || members.values().any(|member| holds_free_text(member, definitions, seen))
        }
        Value::Array(entries) => entries.iter().any(|entry| holds_free_text(entry, definitions, seen)),
        _ => false,
    }
}

/// The component that a write of free texts is answered with, where that is the record: it then may have `warnings`.
pub(super) fn answered_with(endpoint: &Endpoint, read: &mut SchemaGenerator) -> Option<String> {
    let schema = match endpoint.answer {
        Answer::Record(schema) | Answer::Created(schema) | Answer::Accepted(schema) => schema,
        Answer::Value(_, schema) if endpoint.op == Op::TransitionJob => schema,
        _ => return None,
    };
    let schema = Value::from(schema(read));
    schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()).map(str::to_owned)
}

/// Says of a component that it has `warnings` where it answers a write.
pub(super) fn warn(component: &mut Value, read: &mut SchemaGenerator) {
    let warning = read.subschema_for::<PrivacyWarning>();
    component["properties"]["warnings"] = json!({
        "type": "array",
        "maxItems": 10_000,
        "description": "In the answer to a write alone, and where there are any: what in its texts may tell who somebody is. They are stored all the same.",
        "items": warning
    });
}
