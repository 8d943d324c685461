//! An operation of the contract, from its row in the route table and in the policy.

use super::parameters::parameters;
use super::problems::{not_found, response_name};
use super::versioned;
use crate::access::policy::{Who, who_may};
use crate::access::scope::grantable;
use crate::http::endpoint::{Answer, Endpoint, File, Precondition, RefreshCookie};
use crate::http::export::JSON_LINES;
use crate::http::page::MAX_LIMIT;
use crate::http::zip;
use actix_web::http::Method;
use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

pub(super) fn operation(
    endpoint: &Endpoint,
    sent: &mut SchemaGenerator,
    read: &mut SchemaGenerator,
    pages: &mut Map<String, Value>,
) -> Value {
    let who = who_may(endpoint.op);
    let keys = if grantable(endpoint.op) { " May be given to an API key." } else { "" };
    let mut operation = json!({
        "operationId": endpoint.op.name(),
        "tags": [endpoint.tag],
        "summary": endpoint.summary,
        "description": format!("{}\n\nWho may: {}.{}", endpoint.detail, in_words(who), keys).trim(),
        "parameters": parameters(endpoint, sent),
    });
    if who == Who::Anyone {
        operation["security"] = json!([]);
    } else if grantable(endpoint.op) {
        operation["security"] = json!([{"bearer": []}, {"apiKey": []}]);
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
    if !endpoint.files.is_empty() {
        let text = |file: &File| {
            // By the format generated clients tell a file, to be sent as it is, from a text to be written as JSON.
            let schema = json!({"type": "string", "format": "binary", "maxLength": file.most_bytes});
            (file.media_type.to_owned(), json!({"schema": schema, "example": file.example}))
        };
        let content: Map<String, Value> = endpoint.files.iter().map(text).collect();
        operation["requestBody"] = json!({"required": true, "content": content});
    }
    operation["responses"] = responses(endpoint, who, read, pages);
    operation
}

fn responses(
    endpoint: &Endpoint,
    who: Who,
    read: &mut SchemaGenerator,
    pages: &mut Map<String, Value>,
) -> Value {
    let etag = json!({"description": "The record's version, for If-Match.", "schema": {"type": "string"}});
    let validator = json!({"description": "Weak: the same as long as the answer is. For If-None-Match.", "schema": {"type": "string"}});
    let mut responses = Map::new();
    match endpoint.answer {
        Answer::Record(schema) => {
            let schema = schema(read);
            responses.insert(
                "200".into(),
                json!({"description": "The record.", "headers": {"ETag": etag},
                "content": content(endpoint, &schema.into())}),
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
        Answer::Accepted(schema) => {
            let schema = schema(read);
            let location = json!({"description": "Where to follow the job.", "schema": {"type": "string"}});
            let answer = |description: &str| {
                json!({"description": description, "headers": {"Location": location},
                "content": {"application/json": {"schema": schema}}})
            };
            responses.insert(
                "200".into(),
                answer("The job was asked for by an earlier sending of the same request; as it is now."),
            );
            responses.insert("202".into(), answer("The job, which goes on by itself."));
        }
        Answer::Page(schema) => {
            let entry = Value::from(schema(read));
            let name = format!(
                "{}Page",
                entry["$ref"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or("Any")
            );
            let page = json!({"$ref": format!("#/components/schemas/{name}")});
            let content = contents_of_list(endpoint, &page, &entry);
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
            let mut headers = json!({"Link": link});
            if endpoint.revalidates() {
                headers["ETag"] = validator.clone();
            }
            responses.insert(
                "200".into(),
                json!({"description": described(endpoint), "headers": headers, "content": content}),
            );
        }
        Answer::Value(status, schema) => {
            let schema = Value::from(schema(read));
            let mut answer = json!({"description": "The answer.", "content": content(endpoint, &schema)});
            if endpoint.revalidates() {
                answer["headers"] = json!({"ETag": validator});
            }
            if endpoint.cookie != RefreshCookie::None {
                let cookie = "The refresh token, where refreshTokenIn is cookie: HttpOnly, SameSite=Strict.";
                answer["headers"] =
                    json!({"Set-Cookie": {"description": cookie, "schema": {"type": "string"}}});
            }
            responses.insert(status.to_string(), answer);
        }
        Answer::Empty => {
            responses.insert("204".into(), json!({"description": "Done."}));
        }
    }
    for answer in responses.values_mut() {
        *answer = versioned(answer.take());
    }
    for status in refusals(endpoint, who) {
        let answer = if status == 304 {
            versioned(json!({"description": "Nothing has changed since the ETag sent in If-None-Match."}))
        } else if status == 404 && endpoint.worded {
            let mut answer = not_found();
            answer["content"]["text/html"] = json!({"schema": {"type": "string"}});
            versioned(answer)
        } else {
            json!({"$ref": format!("#/components/responses/{}", response_name(status))})
        };
        responses.insert(status.to_string(), answer);
    }
    responses.sort_keys();
    Value::Object(responses)
}

/// An answer in each of its media types: what is JSON has the schema, all else is text or bytes.
fn content(endpoint: &Endpoint, schema: &Value) -> Value {
    let in_type = |media_type: &&str| {
        let schema = match *media_type {
            JSON_LINES => json_lines(schema),
            media_type if media_type.ends_with("json") => schema.clone(),
            media_type if media_type.starts_with("text/") || media_type.ends_with("xml") => {
                json!({"type": "string"})
            }
            zip::MEDIA_TYPE if schema["$ref"].is_string() => documents(schema),
            // By the format generated clients leave it as it comes.
            _ => json!({"type": "string", "format": "binary"}),
        };
        ((*media_type).to_owned(), json!({"schema": schema}))
    };
    Value::Object(endpoint.produces.iter().map(in_type).collect())
}

/// A page of a list, and where it is exported the whole of it. Lines of JSON are a text whose lines are described.
fn contents_of_list(endpoint: &Endpoint, page: &Value, entry: &Value) -> Value {
    let mut contents = content(endpoint, page);
    if let Some(lines) = contents.get_mut(JSON_LINES) {
        lines["schema"] = json_lines(entry);
    }
    contents
}

fn described(endpoint: &Endpoint) -> String {
    let order = endpoint.order;
    if endpoint.is_exported() {
        format!(
            "A page, {order}; or in text/csv or application/jsonl the whole list, sent as it is read: a list that could not be sent whole has its connection broken off. As a workbook (XLSX) it is sent whole, once it was read: moments are those of Europe/Amsterdam, as its header says, numbers are numbers, all else is text; what is longer than a cell holds (32,767 characters) is cut and says so, and what is more than a sheet holds goes on on the next."
        )
    } else {
        format!("A page, {order}.")
    }
}

/// Lines of JSON are no JSON; by the format generated clients know to leave them as they come.
fn json_lines(entry: &Value) -> Value {
    json!({"type": "string", "format": "binary", "description": "One JSON text a line, each ended by a newline.",
        "contentMediaType": "application/json", "contentSchema": entry})
}

/// A ZIP of JSON documents, each member of the schema one of them.
fn documents(schema: &Value) -> Value {
    json!({"type": "string", "format": "binary",
        "description": "A JSON document for each member of the schema, called by its name in kebab-case.",
        "contentMediaType": zip::MEDIA_TYPE, "contentSchema": schema})
}

/// Every status with which an endpoint can refuse, from what it takes.
fn refusals(endpoint: &Endpoint, who: Who) -> Vec<u16> {
    let mut statuses = vec![400, 406, 429, 500, 503];
    if who != Who::Anyone {
        // An API key may have been given other operations.
        statuses.extend([401, 403]);
    }
    if endpoint.path.contains('{') {
        statuses.push(404);
    }
    // What was removed has an id of its own; or a create names one that something had.
    let names_record = endpoint.path.contains('{') && !endpoint.path.starts_with("/v1/networks/");
    if who != Who::Anyone && (names_record || endpoint.method == Method::POST) {
        statuses.push(410);
    }
    if endpoint.body.is_some() || !endpoint.files.is_empty() {
        statuses.extend([408, 413, 415]);
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
        Who::Members(roles) => format!("members of the network as {}", list(roles)),
        Who::WhoeverSees => "whoever sees it".into(),
        Who::AuthorOr([]) => "its author".into(),
        Who::AuthorOr(roles) => format!("its author; {}", list(roles)),
        Who::OwnerOr(roles) => format!("its author or owner; {}", list(roles)),
        Who::HomeRoles(roles) => format!("in the cycle's own network {}", list(roles)),
        Who::CoRoles(roles) => format!("in the co-network {}", list(roles)),
        Who::HomeOrCoRoles(roles) => format!("in the cycle's own network or the co-network {}", list(roles)),
        Who::OneselfOr([]) => "the person it is about".into(),
        Who::OneselfOr(roles) => format!("the person it is about; {}", list(roles)),
    }
}
