//! What an operation takes besides its body: in its path, its query and its headers.

use super::{free_texts, schema_of};
use crate::access::policy::{Who, who_may};
use crate::http::accept;
use crate::http::csv::Delimiter;
use crate::http::endpoint::{Answer, Endpoint, Precondition, RefreshCookie};
use crate::http::page::{DEFAULT_LIMIT, MAX_CURSOR, MAX_LIMIT};
use crate::http::precondition;
use crate::screening::confirmation;
use crate::sign_in::cookie;
use schemars::SchemaGenerator;
use serde_json::{Value, json};

pub(super) fn parameters(endpoint: &Endpoint, sent: &mut SchemaGenerator) -> Vec<Value> {
    let mut parameters = Vec::new();
    for segment in endpoint.path.split('/').filter_map(|segment| segment.strip_prefix('{')) {
        let name = segment.trim_end_matches('}');
        let schema = match endpoint.path_schema {
            Some(schema) => Value::from(schema(sent)),
            None => json!({"type": "string", "format": "uuid"}),
        };
        parameters.push(json!({"name": name, "in": "path", "required": true,
            "description": in_path(name), "schema": schema}));
    }
    if let Some(query) = endpoint.query {
        let schema = Value::from((query.schema)(sent));
        let whole = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
        let definition = whole.and_then(|name| sent.definitions_mut().remove(name)).unwrap_or(schema);
        let needed = definition["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let needed: Vec<&str> = needed.collect();
        for (name, schema) in definition["properties"].as_object().into_iter().flatten() {
            let mut schema = as_parameter(schema.clone());
            let description = schema.as_object_mut().and_then(|members| members.remove("description"));
            let description = description.unwrap_or_else(|| format!("Only what has this `{name}`.").into());
            let required = needed.contains(&name.as_str());
            parameters.push(json!({"name": name, "in": "query", "required": required,
                "description": description, "schema": schema}));
        }
    }
    if matches!(endpoint.answer, Answer::Page(_)) {
        parameters.push(json!({"name": "limit", "in": "query", "required": false, "description": "The longest page wanted.",
            "schema": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}}));
        parameters.push(json!({"name": "cursor", "in": "query", "required": false, "description": "The nextCursor of the page before; it goes with the same filter.",
            "schema": {"type": "string", "maxLength": MAX_CURSOR}}));
    }
    let formats = endpoint.formats();
    if !formats.is_empty() {
        parameters.push(json!({"name": accept::FORMAT, "in": "query", "required": false,
            "description": "What the answer comes in, for links that cannot send Accept. It wins over Accept, which by default decides.",
            "schema": {"type": "string", "enum": formats}}));
    }
    if endpoint.is_exported() {
        // No defaults: generated clients would send them along, and with JSON both are refused.
        let delimiter = schema_of::<Delimiter>(sent);
        parameters.push(json!({"name": "delimiter", "in": "query", "required": false,
            "description": "What stands between the cells of text/csv. Spreadsheets that write decimals with a comma, as Dutch ones do, expect the semicolon. By default the comma.",
            "schema": delimiter}));
        parameters.push(json!({"name": "byteOrderMark", "in": "query", "required": false,
            "description": "Whether text/csv begins with the mark by which some spreadsheets tell that a file is in UTF-8. By default it does not.",
            "schema": {"type": "boolean"}}));
    }
    if endpoint.revalidates() {
        parameters.push(json!({"name": "If-None-Match", "in": "header", "required": false,
            "description": "The ETag of the answer that the caller has.", "schema": {"type": "string", "maxLength": precondition::LONGEST}}));
    }
    // No scheme of security: clients would take it that whoever signs in must have signed in.
    if endpoint.cookie == RefreshCookie::Taken {
        parameters.push(json!({"name": cookie::NAME, "in": "cookie", "required": false,
            "description": "The refresh token of an app in a browser, for those that ask for it with refreshTokenIn; no script can read it. Requests of pages of another origin are refused.",
            "schema": {"type": "string", "maxLength": 200}}));
    }
    // Whoever needs no sign-in confirms nothing: what is found of a text of theirs is not told them.
    if who_may(endpoint.op) != Who::Anyone && free_texts::screened(endpoint, sent) {
        parameters.push(json!({"name": confirmation::HEADER, "in": "header", "required": false,
            "description": "What may be found in the texts of this request was looked at, and may stand: the warnings are confirmed as they are made. What is refused stays refused.",
            "schema": {"type": "boolean"}}));
    }
    match endpoint.precondition {
        Precondition::None => {}
        Precondition::Honoured | Precondition::Demanded => parameters.push(json!({
            "name": "If-Match", "in": "header", "required": endpoint.precondition == Precondition::Demanded,
            "description": "The ETag of the record as it was read.",
            "schema": {"type": "string", "maxLength": precondition::LONGEST, "pattern": precondition::IF_MATCH}
        })),
    }
    parameters
}

/// What a placeholder of a path stands for: `networkId` is the id of the network.
fn in_path(name: &str) -> String {
    let (of, name) = name.strip_suffix("Id").map_or(("", name), |thing| ("id of the ", thing));
    let words = name.chars().fold(String::new(), |mut words, letter| {
        if letter.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
        words
    });
    format!("The {of}{words}.")
}

/// A query is made of texts and its types read texts; the contract says what the texts stand for. An optional query key is
/// left out, never null.
fn as_parameter(schema: Value) -> Value {
    let schema = without_null(schema);
    let Some([Value::String(one), Value::String(other)]) = schema["enum"].as_array().map(Vec::as_slice)
    else {
        return schema;
    };
    if (one.as_str(), other.as_str()) != ("true", "false") {
        return schema;
    }
    let mut truth = json!({"type": "boolean"});
    if let Some(description) = schema.get("description") {
        truth["description"] = description.clone();
    }
    truth
}

fn without_null(mut schema: Value) -> Value {
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            schema["type"] = only.clone();
        }
    }
    if let Some(Value::Array(branches)) = schema.get("anyOf")
        && let Some(only) = branches.iter().find(|branch| branch["type"] != "null")
    {
        let (mut only, description) = (only.clone(), schema.get("description").cloned());
        if let Some(description) = description {
            only["description"] = description;
        }
        return only;
    }
    schema
}
