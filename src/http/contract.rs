//! The contract: an OpenAPI 3.1 document, generated from the route table, the policy and the types. `openapi/feedbacklus.json`
//! is its checked-in copy.

use super::body::Input;
use super::endpoint::{Answer, Endpoint, Precondition};
use super::envelope::API_VERSION;
use super::page::{DEFAULT_LIMIT, MAX_CURSOR, MAX_LIMIT};
use super::problem;
use crate::access::policy::{Who, who_may};
use actix_web::http::{Method, StatusCode};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};
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
    for endpoint in crate::routes::table() {
        let operation = operation(&endpoint, &mut sent, &mut read, &mut pages);
        let path = paths.entry(endpoint.path).or_insert_with(|| json!({}));
        path[endpoint.method.as_str().to_lowercase()] = operation;
    }
    let mut schemas = read.take_definitions(true);
    // A type that is both sent and read is described as it is sent, which is the narrower.
    schemas.extend(sent.take_definitions(true));
    schemas.extend(pages);
    schemas.insert("Problem".into(), problem_schema());
    schemas.sort_keys();
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "feedbacklus",
            "version": API_VERSION,
            "summary": "The feedback-loop tracker for action learning",
            "description": "A citizen's question leads to observations, those to reflections, those to actions, those to evaluated results, and those are returned to the citizen. Sign in at `/v1/auth/tokens`; send `Authorization: Bearer …`. Lists come newest first, in pages. A record's `id` may be chosen by the client and is the idempotency key of its creation.",
            "contact": {"name": "feedbacklus", "url": "https://feedbacklus.example.org", "email": "api@feedbacklus.example.org"},
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
        },
        "servers": [{"url": "/", "description": "The server that this document came from"}],
        "security": [{"bearer": []}],
        "tags": crate::routes::TAGS.iter().map(|(name, description)| json!({"name": name, "description": description})).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
            "schemas": schemas,
            "responses": problem_responses()
        }
    });
    tidy(&mut document);
    document
}

fn operation(
    endpoint: &Endpoint,
    sent: &mut SchemaGenerator,
    read: &mut SchemaGenerator,
    pages: &mut Map<String, Value>,
) -> Value {
    let who = who_may(endpoint.op);
    let mut operation = json!({
        "operationId": endpoint.op.name(),
        "tags": [endpoint.tag],
        "summary": endpoint.summary,
        "description": format!("{}\n\nWho may: {}.", endpoint.detail, in_words(who)).trim(),
        "parameters": parameters(endpoint, sent),
    });
    if who == Who::Anyone {
        operation["security"] = json!([]);
    }
    if let Some(body) = endpoint.body {
        let media_type = if endpoint.method == Method::PATCH {
            "application/merge-patch+json"
        } else {
            "application/json"
        };
        operation["requestBody"] = json!({
            "required": true,
            "content": {media_type: {"schema": (body.schema)(sent), "example": (body.example)()}}
        });
    }
    operation["responses"] = responses(endpoint, who, read, pages);
    operation
}

fn parameters(endpoint: &Endpoint, sent: &mut SchemaGenerator) -> Vec<Value> {
    let mut parameters = Vec::new();
    for segment in endpoint.path.split('/').filter_map(|segment| segment.strip_prefix('{')) {
        let name = segment.trim_end_matches('}');
        let schema = match endpoint.path_schema {
            Some(schema) => Value::from(schema(sent)),
            None => json!({"type": "string", "format": "uuid"}),
        };
        parameters.push(json!({"name": name, "in": "path", "required": true, "schema": schema}));
    }
    if let Some(query) = endpoint.query {
        let schema = Value::from((query.schema)(sent));
        let whole = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
        let definition = whole.and_then(|name| sent.definitions_mut().remove(name)).unwrap_or(schema);
        for (name, schema) in definition["properties"].as_object().into_iter().flatten() {
            let mut schema = without_null(schema.clone());
            let description = schema.as_object_mut().and_then(|members| members.remove("description"));
            let mut parameter = json!({"name": name, "in": "query", "required": false, "schema": schema});
            if let Some(description) = description {
                parameter["description"] = description;
            }
            parameters.push(parameter);
        }
    }
    if matches!(endpoint.answer, Answer::Page(_)) {
        parameters.push(json!({"name": "limit", "in": "query", "required": false, "description": "The longest page wanted.",
            "schema": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}}));
        parameters.push(json!({"name": "cursor", "in": "query", "required": false, "description": "The nextCursor of the page before; it goes with the same filter.",
            "schema": {"type": "string", "maxLength": MAX_CURSOR}}));
    }
    match endpoint.precondition {
        Precondition::None => {}
        Precondition::Honoured | Precondition::Demanded => parameters.push(json!({
            "name": "If-Match", "in": "header", "required": endpoint.precondition == Precondition::Demanded,
            "description": "The ETag of the record as it was read.", "schema": {"type": "string", "maxLength": 200}
        })),
    }
    parameters
}

/// An optional query key is left out, never null.
fn without_null(mut schema: Value) -> Value {
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

fn responses(
    endpoint: &Endpoint,
    who: Who,
    read: &mut SchemaGenerator,
    pages: &mut Map<String, Value>,
) -> Value {
    let etag = json!({"description": "The record's version, for If-Match.", "schema": {"type": "string"}});
    let mut responses = Map::new();
    match endpoint.answer {
        Answer::Record(schema) => {
            let schema = schema(read);
            responses.insert(
                "200".into(),
                json!({"description": "The record.", "headers": {"ETag": etag},
                "content": {"application/json": {"schema": schema}}}),
            );
        }
        Answer::Created(schema) => {
            let schema = schema(read);
            let location = json!({"description": "Where the record is.", "schema": {"type": "string"}});
            let answer = |description: &str| {
                json!({"description": description, "headers": {"ETag": etag, "Location": location},
                "content": {"application/json": {"schema": schema}}})
            };
            responses.insert(
                "200".into(),
                answer("The record was made by an earlier sending of the same request; as it is now."),
            );
            responses.insert("201".into(), answer("The new record."));
        }
        Answer::Page(schema) => {
            let entry = Value::from(schema(read));
            let name = format!(
                "{}Page",
                entry["$ref"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or("Any")
            );
            let page = json!({"$ref": format!("#/components/schemas/{name}")});
            pages.entry(name).or_insert_with(|| {
                json!({
                    "type": "object",
                    "required": ["items", "nextCursor"],
                    "properties": {
                        "items": {"type": "array", "maxItems": MAX_LIMIT, "items": entry},
                        "nextCursor": {"type": ["string", "null"], "description": "Where the next page begins; null at the end."}
                    }
                })
            });
            let link = json!({"description": "The next page, rel=\"next\" (RFC 8288).", "schema": {"type": "string"}});
            responses.insert(
                "200".into(),
                json!({"description": "A page, newest first.", "headers": {"Link": link},
                "content": {"application/json": {"schema": page}}}),
            );
        }
        Answer::Value(status, schema) => {
            let schema = Value::from(schema(read));
            let mut content = Map::new();
            for media_type in endpoint.produces {
                let schema = if *media_type == "application/json" {
                    schema.clone()
                } else {
                    json!({"type": "string"})
                };
                content.insert((*media_type).into(), json!({"schema": schema}));
            }
            responses.insert(status.to_string(), json!({"description": "The answer.", "content": content}));
        }
        Answer::Empty => {
            responses.insert("204".into(), json!({"description": "Done."}));
        }
    }
    for status in refusals(endpoint, who) {
        let answer = if status == 304 {
            json!({"description": "Nothing has changed since the ETag sent in If-None-Match."})
        } else {
            json!({"$ref": format!("#/components/responses/{}", response_name(status))})
        };
        responses.insert(status.to_string(), answer);
    }
    responses.sort_keys();
    Value::Object(responses)
}

/// Every status with which an endpoint can refuse, from what it takes.
fn refusals(endpoint: &Endpoint, who: Who) -> Vec<u16> {
    let mut statuses = vec![400, 406, 500, 503];
    if who != Who::Anyone {
        statuses.push(401);
    }
    if !matches!(who, Who::Anyone | Who::SignedIn) {
        statuses.push(403);
    }
    if endpoint.path.contains('{') {
        statuses.push(404);
    }
    if endpoint.body.is_some() {
        statuses.extend([413, 415]);
    }
    if endpoint.method != Method::GET && who != Who::Anyone {
        statuses.push(409);
    }
    match endpoint.precondition {
        Precondition::None => {}
        Precondition::Honoured => statuses.push(412),
        Precondition::Demanded => statuses.extend([412, 428]),
    }
    statuses.extend(endpoint.also);
    statuses
}

fn response_name(status: u16) -> String {
    let words =
        StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Error");
    words.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

fn problem_responses() -> Value {
    let mut responses = Map::new();
    for status in [400, 401, 403, 404, 406, 409, 412, 413, 415, 428, 429, 500, 503] {
        let words =
            StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Error");
        let mut response = json!({
            "description": words,
            "content": {problem::MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        });
        let header = |description: &str| json!({"description": description, "schema": {"type": "string"}});
        match status {
            401 => response["headers"]["WWW-Authenticate"] = header("Bearer"),
            429 | 503 => response["headers"]["Retry-After"] = header("Seconds to wait."),
            _ => {}
        }
        responses.insert(response_name(status), response);
    }
    Value::Object(responses)
}

fn problem_schema() -> Value {
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
                "items": {
                    "type": "object",
                    "required": ["pointer", "code", "detail"],
                    "properties": {
                        "pointer": {"type": "string", "description": "Where, as a JSON pointer (RFC 6901); a query key counts as a member."},
                        "code": {"type": "string"},
                        "detail": {"type": "string"}
                    }
                }
            }
        },
        "examples": [{
            "type": "https://feedbacklus.example.org/problems/invalid_body", "title": "Bad Request", "status": 400,
            "detail": "The request has one fault; `errors` names each.", "code": "invalid_body",
            "requestId": "01890a5d-ac96-774b-bcce-b302099a8057",
            "errors": [{"pointer": "/body", "code": "required", "detail": "This member is needed."}]
        }]
    })
}

fn in_words(who: Who) -> String {
    let list = |roles: &[crate::access::Role]| {
        roles.iter().map(|role| (*role).into()).collect::<Vec<&str>>().join(", ")
    };
    match who {
        Who::Anyone => "anyone".into(),
        Who::SignedIn => "anyone who is signed in".into(),
        Who::Admin => "administrators".into(),
        Who::AdminOrAnyCoordinator => "administrators, and coordinators of any network".into(),
        Who::AdminOr(roles) => format!("administrators at the top; below a network {}", list(roles)),
        Who::AdminOrAuthor => "administrators and its maker".into(),
        Who::Roles(roles) => list(roles),
        Who::AuthorOr([]) => "its author".into(),
        Who::AuthorOr(roles) => format!("its author; {}", list(roles)),
        Who::OwnerOr(roles) => format!("its author or owner; {}", list(roles)),
        Who::OneselfOr(roles) => format!("the person it is about; {}", list(roles)),
    }
}

/// Says in one way what the generator says in several: closed enums, nullable references as `oneOf`, no null defaults.
fn tidy(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members
                .get("default")
                .is_some_and(|default| default.is_null() || default == "none" || default == "nl")
            {
                members.remove("default");
            }
            if members.get("format").is_some_and(|format| format == "uint") {
                members.remove("format");
            }
            if let Some(branches) = members.remove("anyOf") {
                members.insert("oneOf".into(), branches);
            }
            if let Some(Value::Array(branches)) = members.get("oneOf")
                && let Some(names) = closed_enum(branches)
            {
                members.remove("oneOf");
                members.insert("type".into(), "string".into());
                members.insert("enum".into(), Value::Array(names));
            }
            if members.get("const").is_some_and(Value::is_string)
                && let Some(only) = members.remove("const")
            {
                members.insert("enum".into(), json!([only]));
            }
            members.values_mut().for_each(tidy);
        }
        Value::Array(entries) => entries.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// The names of an enum whose variants were described one by one.
fn closed_enum(branches: &[Value]) -> Option<Vec<Value>> {
    let mut names = Vec::new();
    for branch in branches {
        match (branch.get("const"), branch.get("enum")) {
            (Some(name @ Value::String(_)), _) => names.push(name.clone()),
            (_, Some(Value::Array(several))) => names.extend(several.iter().cloned()),
            _ => return None,
        }
    }
    Some(names)
}
