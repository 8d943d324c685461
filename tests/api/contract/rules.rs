//! The rules that the contract keeps: the Dutch API Design Rules, and our own.

use std::collections::HashSet;

use serde_json::Value;

use crate::support::contract::{Contract, Operation};
use crate::support::server::{program, run};

/// Members that are named after an enum's value: the report counts by them.
const NAMED_AFTER_VALUES: [&str; 2] = ["informal_carer", "own_words"];

pub fn check(fault: impl Fn(&Contract, &Operation) -> Vec<String>) {
    let contract = Contract::new(serde_json::from_str(&run(&mut program(&["openapi"]))).expect("JSON"));
    let faults: Vec<String> = contract
        .operations()
        .iter()
        .flat_map(|operation| {
            fault(&contract, operation)
                .into_iter()
                .map(|fault| format!("{} {}: {fault}", operation.method, operation.path))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn is_camel_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|one| one.is_ascii_alphanumeric())
}

pub fn parameters<'c>(contract: &'c Contract, operation: &'c Operation) -> Vec<&'c Value> {
    let item = &contract.document["paths"][operation.path];
    [&operation.body["parameters"], &item["parameters"]]
        .into_iter()
        .filter_map(Value::as_array)
        .flatten()
        .map(|parameter| contract.resolve(parameter))
        .collect()
}

/// The media types of a request or an answer.
pub fn media<'c>(contract: &'c Contract, holder: &'c Value) -> Vec<(&'c String, &'c Value)> {
    contract.resolve(holder)["content"].as_object().into_iter().flatten().collect()
}

/// Calls `see` for a schema and each schema in it, once, with where it stands.
pub fn walk<'c>(
    contract: &'c Contract,
    schema: &'c Value,
    at: &str,
    seen: &mut HashSet<*const Value>,
    see: &mut dyn FnMut(&str, &'c Value),
) {
    let schema = contract.resolve(schema);
    if !seen.insert(std::ptr::from_ref(schema)) {
        return;
    }
    see(at, schema);
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        walk(contract, member, &format!("{at}/{name}"), seen, see);
    }
    for word in ["items", "additionalProperties"] {
        if schema[word].is_object() {
            walk(contract, &schema[word], &format!("{at}/*"), seen, see);
        }
    }
    for word in ["oneOf", "anyOf", "allOf"] {
        for part in schema[word].as_array().into_iter().flatten() {
            walk(contract, part, at, seen, see);
        }
    }
}

pub fn has_type(schema: &Value, name: &str) -> bool {
    schema["type"] == name
        || schema["type"].as_array().is_some_and(|types| types.iter().any(|one| one == name))
}

#[test]
fn the_document_says_what_it_is() {
    let document: Value = serde_json::from_str(&run(&mut program(&["openapi"]))).expect("JSON");
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1.")));
    let info = &document["info"];
    let version: Vec<&str> = info["version"].as_str().expect("a version").split('.').collect();
    assert!(
        version.len() == 3 && version.iter().all(|part| part.parse::<u32>().is_ok()),
        "SemVer: {version:?}"
    );
    for member in ["name", "url", "email"] {
        assert!(info["contact"][member].is_string(), "the contact has its {member}");
    }
}

#[test]
fn paths_are_kebab_case_and_keys_are_camel_case() {
    check(|contract, operation| {
        let mut faults = Vec::new();
        if operation.path.len() > 1 && operation.path.ends_with('/') {
            faults.push("a trailing slash".into());
        }
        for segment in operation.path.split('/').skip(1) {
            let kebab = |text: &str| {
                text.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-')
            };
            let good = match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                Some(name) => is_camel_case(name),
                None => kebab(segment) || operation.path == "/v1/openapi.json",
            };
            if !good {
                faults.push(format!("segment {segment:?}"));
            }
        }
        for parameter in parameters(contract, operation).iter().filter(|parameter| parameter["in"] == "query")
        {
            if !parameter["name"].as_str().is_some_and(is_camel_case) {
                faults.push(format!("query key {}", parameter["name"]));
            }
        }
        faults
    });
}

#[test]
fn operations_are_named_once_by_verb_and_noun_and_have_one_tag() {
    let mut seen = std::sync::Mutex::new(HashSet::new());
    check(|_, operation| {
        let mut faults = Vec::new();
        let verbs = [
            "get",
            "list",
            "create",
            "update",
            "delete",
            "end",
            "transition",
            "move",
            "revoke",
            "change",
            "accept",
            "search",
        ];
        if !is_camel_case(operation.id) || !verbs.iter().any(|verb| operation.id.starts_with(verb)) {
            faults.push(format!("operationId {:?}", operation.id));
        }
        if !seen.lock().expect("one at a time").insert(operation.id.to_owned()) {
            faults.push(format!("operationId {:?} stands twice", operation.id));
        }
        if operation.body["tags"].as_array().map(Vec::len) != Some(1) {
            faults.push(format!("tags {}", operation.body["tags"]));
        }
        faults
    });
    assert!(seen.get_mut().expect("unpoisoned").len() > 50, "these were all operations");
}

#[test]
fn members_are_camel_case_and_instants_and_dates_are_named_for_what_they_are() {
    check(|contract, operation| {
        let mut faults = Vec::new();
        let answers = operation.body["responses"].as_object().into_iter().flatten().map(|(_, answer)| answer);
        for holder in answers.chain([&operation.body["requestBody"]]) {
            for (_, spec) in media(contract, holder) {
                walk(contract, &spec["schema"], "", &mut HashSet::new(), &mut |at, schema| {
                    let name = at.rsplit('/').next().unwrap_or("");
                    if !name.is_empty()
                        && name != "*"
                        && !is_camel_case(name)
                        && !NAMED_AFTER_VALUES.contains(&name)
                    {
                        faults.push(format!("member {at:?}"));
                    }
                    // `since` and `until` are the words of the issue's own report, `timestamp` is xAPI's.
                    let instant = name.ends_with("At") || ["since", "until", "timestamp"].contains(&name);
                    if schema["format"] == "date-time" && !instant {
                        faults.push(format!("the instant {at:?}"));
                    }
                    if schema["format"] == "date" && !name.ends_with("On") {
                        faults.push(format!("the date {at:?}"));
                    }
                });
            }
        }
        faults
    });
}
