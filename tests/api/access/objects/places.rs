//! Where the contract takes ids: in the path, in the query and in the body of a request.

use std::fmt;

use serde_json::{Value, json};

use crate::support::Request;
use crate::support::contract::{Contract, Operation};

/// One place of an operation. It shows as `{name}`, `?name` or a JSON Pointer (RFC 6901), in which 0 is any entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Path { segment: usize, name: String },
    Query(String),
    Body(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Path { name, .. } => write!(f, "{{{name}}}"),
            Place::Query(name) => write!(f, "?{name}"),
            Place::Body(pointer) => f.write_str(pointer),
        }
    }
}

/// The places of an operation.
pub fn places(contract: &Contract, operation: &Operation<'_>) -> Vec<Place> {
    let mut found = Vec::new();
    let of_path = &contract.document["paths"][operation.path]["parameters"];
    for parameter in
        [of_path, &operation.body["parameters"]].into_iter().filter_map(Value::as_array).flatten()
    {
        let parameter = contract.resolve(parameter);
        if !is_id(contract, &parameter["schema"]) {
            continue;
        }
        let name = parameter["name"].as_str().expect("a parameter has a name").to_owned();
        match parameter["in"].as_str() {
            Some("path") => {
                let template = format!("{{{name}}}");
                let segment =
                    operation.path.split('/').position(|part| part == template).expect("it is in the path");
                found.push(Place::Path { segment, name });
            }
            Some("query") => found.push(Place::Query(name)),
            _ => {}
        }
    }
    let contents = operation.body["requestBody"]["content"].as_object();
    for (media_type, content) in contents.into_iter().flatten() {
        // Of lines each is a record of its own, made as its own operation makes it.
        if media_type.ends_with("json") {
            let mut pointers = Vec::new();
            gather(contract, &content["schema"], "", &mut Vec::new(), &mut pointers);
            pointers.sort_unstable();
            pointers.dedup();
            found.extend(pointers.into_iter().map(Place::Body));
        }
    }
    found
}

fn is_id(contract: &Contract, schema: &Value) -> bool {
    let schema = contract.resolve(schema);
    schema["format"] == "uuid" || parts_of(schema).any(|part| is_id(contract, part))
}

/// What a schema is put together of.
fn parts_of(schema: &Value) -> impl Iterator<Item = &Value> {
    ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|key| schema[key].as_array()).flatten()
}

fn gather<'c>(
    contract: &'c Contract,
    schema: &'c Value,
    at: &str,
    within: &mut Vec<&'c str>,
    found: &mut Vec<String>,
) {
    if let Some(name) = schema["$ref"].as_str() {
        if !within.contains(&name) {
            within.push(name);
            gather(contract, contract.resolve(schema), at, within, found);
            within.pop();
        }
        return;
    }
    if schema["format"] == "uuid" {
        found.push(at.to_owned());
    }
    parts_of(schema).for_each(|part| gather(contract, part, at, within, found));
    if schema["items"].is_object() {
        gather(contract, &schema["items"], &format!("{at}/0"), within, found);
    }
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        gather(contract, member, &format!("{at}/{name}"), within, found);
    }
}

impl Place {
    /// The name by which the contract tells of what kind the id is.
    pub fn name(&self) -> &str {
        match self {
            Place::Path { name, .. } | Place::Query(name) => name,
            Place::Body(pointer) => {
                pointer.trim_end_matches("/0").rsplit('/').next().expect("a pointer has a last member")
            }
        }
    }

    /// Whether it names the record that the request makes.
    pub fn is_own_id(&self) -> bool {
        matches!(self, Place::Body(pointer) if pointer == "/id")
    }

    /// The request with this id there, after these members; none if the body has no such part.
    pub fn filled(&self, request: &Request, needed: Option<&Value>, id: &str) -> Option<Request> {
        let mut request = request.clone();
        if let Some(Value::Object(needed)) = needed {
            let mut body: Value = serde_json::from_slice(request.body.as_deref()?).ok()?;
            for (name, value) in needed {
                let members = body.as_object_mut()?;
                if value.is_null() {
                    members.remove(name)
                } else {
                    members.insert(name.clone(), value.clone())
                };
            }
            request.body = Some(body.to_string().into_bytes());
        }
        match self {
            Place::Path { segment, .. } => {
                let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
                let mut segments: Vec<&str> = path.split('/').collect();
                segments[*segment] = id;
                let mark = if query.is_empty() { "" } else { "?" };
                request.path = format!("{}{mark}{query}", segments.join("/"));
            }
            Place::Query(name) => {
                let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
                let others =
                    query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(name));
                let own = format!("{name}={id}");
                let pairs: Vec<&str> = others.chain([own.as_str()]).collect();
                request.path = format!("{path}?{}", pairs.join("&"));
            }
            Place::Body(pointer) => {
                let mut body: Value = serde_json::from_slice(request.body.as_deref()?).ok()?;
                let parts: Vec<&str> = pointer.trim_start_matches('/').split('/').collect();
                let put = |body: &mut Value, how| put(body, &parts, id, how);
                if !put(&mut body, How::Instead) && !put(&mut body, How::Beside) {
                    return None;
                }
                request.body = Some(body.to_string().into_bytes());
            }
        }
        Some(request)
    }

    /// Whether an answer to an id that nobody has shows that it was looked for.
    pub fn is_looked_up(&self, told: &str) -> bool {
        match self {
            Place::Path { .. } => told.starts_with("404"),
            Place::Query(_) => told.starts_with("200") || told.starts_with("404") || told.starts_with("409"),
            Place::Body(_) => {
                told.starts_with("404") || told.starts_with("409") || told.contains("not_found")
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// In the first entry that has the member.
    Instead,
    /// In the first entry, with what lies between.
    Beside,
}

fn put(value: &mut Value, parts: &[&str], id: &str, how: How) -> bool {
    match (parts, value) {
        ([], value) => {
            *value = json!(id);
            true
        }
        (["0"], Value::Array(entries)) => {
            *entries = vec![json!(id)];
            true
        }
        (["0", rest @ ..], Value::Array(entries)) => {
            entries.iter_mut().any(|entry| put(entry, rest, id, how))
        }
        ([name, rest @ ..], Value::Object(members)) => {
            if how == How::Beside && !members.contains_key(*name) {
                let made = match rest.first() {
                    Some(&"0") if rest.len() == 1 => json!([]),
                    Some(&"0") => return false,
                    _ => json!({}),
                };
                members.insert((*name).to_owned(), made);
            }
            members.get_mut(*name).is_some_and(|member| put(member, rest, id, how))
        }
        _ => false,
    }
}
