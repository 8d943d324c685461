//! Ids in bodies: what refers to a record of another workplace is refused as what refers to nothing.

use serde_json::{Value, json};

use crate::support::Part;
use crate::support::cases::{Case, all};
use crate::support::client::Request;
use crate::support::contract::Contract;
use crate::support::team::new_id;

use super::common::is_common;
use super::{Scene, ids, send, told};

/// A request for every operation in our own workplace, made before anything is compared.
pub fn own(scene: &Scene<'_>) -> Vec<(Case, Request)> {
    let make = |case: Case| {
        let request = (case.make)(scene.ours, Part::Coordinator).request;
        (case, request)
    };
    all().into_iter().map(make).collect()
}

pub fn walk(scene: &Scene<'_>, own: &[(Case, Request)]) -> Vec<String> {
    let mut faults = Vec::new();
    let (mut walked, mut told_where) = (0, 0);
    for (case, request) in own {
        let Some((schema, body)) = json_body(scene, request) else { continue };
        for place in places(scene.contract, &schema) {
            let name = place.name();
            if name == "id" {
                faults.extend(claimed(scene, case, request, &body, &place));
                continue;
            }
            let kind = scene.ids.kind(name);
            if is_common(kind) {
                continue;
            }
            let [theirs, nobodys] = [scene.ids.of(kind).to_owned(), new_id()].map(|id| {
                let mut body = body.clone();
                put(scene.contract, &schema, &mut body, &place.path, &id);
                Request { body: Some(body.to_string().into_bytes()), ..request.clone() }
            });
            let answers = [send(scene.coordinator(), &theirs), send(scene.coordinator(), &nobodys)];
            let (here, there) = (told(&theirs, &answers[0]), told(&nobodys, &answers[1]));
            if here != there {
                faults.push(format!(
                    "{} with {place}: {here}, and of an id that is nobody's {there}",
                    case.row
                ));
            }
            // A batch tells of its items one by one.
            let status = answers[0].body["results"][0]["status"].as_u64().unwrap_or(answers[0].status.into());
            if status < 300 {
                faults.push(format!("{} with {place} is answered: {here}", case.row));
            }
            walked += 1;
            told_where +=
                usize::from(answers[0].status == 404 || here.to_string().contains(&format!("/{name}")));
        }
    }
    faults.extend(batched(scene));
    assert!(
        walked >= 100 && 2 * told_where > walked,
        "{walked} members were walked, {told_where} told where"
    );
    faults
}

/// What a batch does with records of theirs, each kind that it takes: what the operations by themselves do.
fn batched(scene: &Scene<'_>) -> Vec<String> {
    let kinds = scene.contract.resolve(&json!({"$ref": "#/components/schemas/BatchItemType"})).clone();
    let kinds: Vec<&str> = kinds["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert!(kinds.len() >= 7, "the kinds of a batch are found");
    let mut faults = Vec::new();
    for kind in kinds {
        for (action, body) in [("update", json!({})), ("withdraw", json!({"reason": "Dubbel gelogd."}))] {
            let [theirs, nobodys] = [scene.ids.of(&format!("{kind}Id")).to_owned(), new_id()].map(|id| {
                let item = json!({"action": action, "type": kind, "id": id, "ifMatch": 1, "body": body});
                let batch = json!({"id": new_id(), "dryRun": true, "items": [item]});
                Request::new("POST", "/v1/batches").json(&batch)
            });
            let answers = [send(scene.coordinator(), &theirs), send(scene.coordinator(), &nobodys)];
            let (here, there) = (told(&theirs, &answers[0]), told(&nobodys, &answers[1]));
            let status = answers[0].body["results"][0]["status"].as_u64();
            if here != there || !matches!(status, Some(400 | 404)) {
                faults.push(format!(
                    "{action} of a {kind} in a batch: {here}, and of an id that is nobody's {there}"
                ));
            }
        }
    }
    faults
}

/// An id that is taken elsewhere is no id for a record here, and nothing is told of what has it.
fn claimed(scene: &Scene<'_>, case: &Case, request: &Request, body: &Value, place: &Place) -> Option<String> {
    let operation = scene.operation(request);
    if operation.body["responses"]["201"].is_null() || place.path.len() > 1 {
        return None;
    }
    let records = operation.path.rsplit('/').next().unwrap_or_default();
    let single = scene.contract.operations().into_iter().find_map(|other| {
        let parameter = other.path.strip_prefix(&format!("/v1/{records}/{{"))?;
        parameter.strip_suffix('}')
    })?;
    let mut body = body.clone();
    body["id"] = json!(scene.ids.of(single));
    let request = Request { body: Some(body.to_string().into_bytes()), ..request.clone() };
    let answer = send(scene.coordinator(), &request);
    let bare = ["storedVersion", "storedId", "stored"].iter().all(|member| answer.body[*member].is_null());
    let refused = match answer.status {
        409 => answer.body["code"] == "id_taken" && bare,
        status => status == 403,
    };
    (!refused).then(|| format!("{} with an id that is taken: {} {}", case.row, answer.status, answer.text))
}

/// The schema of what is sent in JSON, and what is.
fn json_body(scene: &Scene<'_>, request: &Request) -> Option<(Value, Value)> {
    let media_type =
        request.headers.iter().find(|(name, _)| name == "Content-Type").map(|(_, value)| value)?;
    let operation = scene.operation(request);
    let content = &scene.contract.resolve(&operation.body["requestBody"])["content"];
    let schema = content.get(media_type)?["schema"].clone();
    Some((schema, serde_json::from_slice(request.body.as_deref()?).ok()?))
}

/// A member of a body, or an entry of a list, that is an id.
pub struct Place {
    path: Vec<Step>,
}

#[derive(Clone, PartialEq)]
enum Step {
    Member(String),
    /// The first entry.
    Entry,
}

impl Place {
    fn name(&self) -> &str {
        let named = self.path.iter().rev().find_map(|step| match step {
            Step::Member(name) => Some(name.as_str()),
            Step::Entry => None,
        });
        named.unwrap_or_default()
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.path.iter().try_for_each(|step| match step {
            Step::Member(name) => write!(f, "/{name}"),
            Step::Entry => f.write_str("/0"),
        })
    }
}

pub fn is_id(contract: &Contract, schema: &Value) -> bool {
    let mut found = Vec::new();
    gather(contract, schema, &mut Vec::new(), &mut found);
    found.iter().any(|place| place.path.is_empty())
}

/// Where ids stand in what this schema describes.
fn places(contract: &Contract, schema: &Value) -> Vec<Place> {
    let mut found: Vec<Place> = Vec::new();
    gather(contract, schema, &mut Vec::new(), &mut found);
    let mut places: Vec<Place> = Vec::new();
    for place in found {
        if !places.iter().any(|known| known.path == place.path) {
            places.push(place);
        }
    }
    places
}

fn gather(contract: &Contract, schema: &Value, path: &mut Vec<Step>, found: &mut Vec<Place>) {
    let schema = contract.resolve(schema);
    if schema["format"] == "uuid" {
        found.push(Place { path: path.clone() });
    }
    for choice in choices(schema) {
        gather(contract, choice, path, found);
    }
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        path.push(Step::Member(name.clone()));
        gather(contract, member, path, found);
        path.pop();
    }
    if schema["items"].is_object() {
        path.push(Step::Entry);
        gather(contract, &schema["items"], path, found);
        path.pop();
    }
}

fn choices(schema: &Value) -> impl Iterator<Item = &Value> {
    ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|key| schema[key].as_array()).flatten()
}

/// Puts the id at its place, with what has to stand around it.
fn put(contract: &Contract, schema: &Value, body: &mut Value, path: &[Step], id: &str) {
    let Some((step, rest)) = path.split_first() else {
        *body = json!(id);
        return;
    };
    let schema = leading(contract, schema, path).expect("the place is from this schema");
    match step {
        Step::Member(name) => {
            if !body.is_object() {
                *body = least(contract, schema);
            }
            put(contract, &schema["properties"][name], &mut body[name.as_str()], rest, id);
        }
        Step::Entry => {
            if body.as_array().is_none_or(Vec::is_empty) {
                *body = json!([least(contract, &schema["items"])]);
            }
            put(contract, &schema["items"], &mut body[0], rest, id);
        }
    }
}

/// The choice of a schema that a path leads into.
fn leading<'c>(contract: &'c Contract, schema: &'c Value, path: &[Step]) -> Option<&'c Value> {
    let schema = contract.resolve(schema);
    let Some((step, rest)) = path.split_first() else {
        return (schema["format"] == "uuid"
            || choices(schema).any(|choice| leading(contract, choice, path).is_some()))
        .then_some(schema);
    };
    let inside = match step {
        Step::Member(name) => schema["properties"].get(name),
        Step::Entry => schema.get("items"),
    };
    if inside.is_some_and(|inside| leading(contract, inside, rest).is_some()) {
        return Some(schema);
    }
    choices(schema).find_map(|choice| leading(contract, choice, path))
}

/// The smallest value that a schema takes.
fn least(contract: &Contract, schema: &Value) -> Value {
    let schema = contract.resolve(schema);
    if let Some(only) = schema.get("const") {
        return only.clone();
    }
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    if let Some(choice) = choices(schema).find(|choice| contract.resolve(choice)["type"] != "null") {
        return least(contract, choice);
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or_default();
    match (kind, schema["format"].as_str()) {
        ("object", _) => {
            let needed = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            needed.map(|name| (name.to_owned(), least(contract, &schema["properties"][name]))).collect()
        }
        ("array", _) => {
            let count = schema["minItems"].as_u64().unwrap_or(0);
            (0..count).map(|_| least(contract, &schema["items"])).collect()
        }
        ("string", Some("uuid")) => json!(ids::within(&new_id())[0]),
        ("string", Some("date")) => json!("2026-01-01"),
        ("string", Some("date-time")) => json!("2026-01-01T00:00:00Z"),
        ("string", _) if schema["pattern"].as_str().is_some_and(|pattern| pattern.contains("[0-9]")) => {
            json!("1")
        }
        ("string", _) => json!("stil"),
        ("integer" | "number", _) => schema.get("minimum").cloned().unwrap_or(json!(1)),
        ("boolean", _) => json!(false),
        _ => Value::Null,
    }
}
