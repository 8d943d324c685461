//! The contract as the server publishes it.

mod check;

pub use check::{check, faults};

use std::collections::HashSet;
use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::{Value, json};

use super::client::{Client, Request};

/// The document as the server publishes it, and what was made of it.
pub struct Contract {
    pub document: Value,
    /// The components, closed: an answer may have no member that the contract does not name.
    closed: Value,
}

/// One operation of the contract.
#[derive(Clone)]
pub struct Operation<'a> {
    pub id: &'a str,
    pub method: String,
    pub path: &'a str,
    pub body: &'a Value,
}

static CONTRACT: OnceLock<Contract> = OnceLock::new();

/// Every server in this process is the same program, so the first one's contract is everybody's.
pub fn contract(base: &str) -> &'static Contract {
    CONTRACT.get_or_init(|| {
        let answer = Client::anonymous(base)
            .try_send(&Request::new("GET", "/v1/openapi.json"))
            .expect("the contract is served");
        assert_eq!(answer.status, 200, "the contract is served: {}", answer.text);
        Contract::new(answer.body)
    })
}

impl Contract {
    pub fn new(document: Value) -> Contract {
        let mut closed = document["components"].clone();
        let mut merged = HashSet::new();
        refs_in_all_of(&closed, false, &mut merged);
        if let Some(schemas) = closed["schemas"].as_object_mut() {
            for (name, schema) in schemas {
                if !merged.contains(name.as_str()) && !name.contains("Problem") {
                    close(schema);
                }
            }
        }
        Contract { document, closed }
    }

    pub fn operations(&self) -> Vec<Operation<'_>> {
        let mut all = Vec::new();
        for (path, item) in self.document["paths"].as_object().expect("the contract has paths") {
            for (method, body) in item.as_object().expect("a path item") {
                if ["get", "put", "post", "delete", "patch", "head", "options"].contains(&method.as_str()) {
                    let id = body["operationId"].as_str().unwrap_or("");
                    all.push(Operation { id, method: method.to_uppercase(), path, body });
                }
            }
        }
        all
    }

    /// The template that this path is an instance of, the one with the most fixed segments.
    fn template(&self, path: &str) -> Option<&str> {
        let path = path.split('?').next().unwrap_or(path);
        self.document["paths"]
            .as_object()?
            .keys()
            .filter(|template| matches(template, path))
            .min_by_key(|template| template.matches('{').count())
            .map(String::as_str)
    }

    pub fn operation(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let template = self.template(path)?;
        self.operations()
            .into_iter()
            .find(|operation| operation.path == template && operation.method == method)
    }

    /// Follows a `$ref` within the document.
    pub fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => self.resolve(
                self.document
                    .pointer(reference.trim_start_matches('#'))
                    .expect("a reference leads somewhere"),
            ),
            None => value,
        }
    }

    /// A validator for a schema that may refer to components; `closed` refuses members the contract does not name.
    pub fn validator(&self, schema: &Value, closed: bool) -> Validator {
        let mut schema = schema.clone();
        if closed {
            close(&mut schema);
        }
        let components = if closed { &self.closed } else { &self.document["components"] };
        let root = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": {"schemas": named_in(&schema, &components["schemas"])},
            "allOf": [schema],
        });
        jsonschema::options()
            .should_validate_formats(true)
            .build(&root)
            .unwrap_or_else(|error| panic!("a schema of the contract is no schema: {error}"))
    }
}

/// Those of the named schemas that a schema refers to, and that these refer to: a validator holds all that it is given.
fn named_in(schema: &Value, schemas: &Value) -> Value {
    fn refer(value: &Value, names: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                let named = members.get("$ref").and_then(Value::as_str);
                names.extend(named.and_then(|place| place.rsplit('/').next()).map(str::to_owned));
                members.values().for_each(|member| refer(member, names));
            }
            Value::Array(items) => items.iter().for_each(|item| refer(item, names)),
            _ => {}
        }
    }
    let (mut found, mut names) = (serde_json::Map::new(), Vec::new());
    refer(schema, &mut names);
    while let Some(name) = names.pop() {
        if !found.contains_key(&name) {
            let named = schemas[&name].clone();
            refer(&named, &mut names);
            found.insert(name, named);
        }
    }
    Value::Object(found)
}

fn matches(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template
            .iter()
            .zip(&path)
            .all(|(part, got)| part == got || (part.starts_with('{') && !got.is_empty()))
}

/// Names of the components that are only parts of others, through `allOf`: those cannot be closed by themselves.
fn refs_in_all_of(value: &Value, inside: bool, found: &mut HashSet<String>) {
    match value {
        Value::Object(members) => {
            if inside && let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                found.extend(reference.rsplit('/').next().map(str::to_owned));
            }
            for (key, member) in members {
                refs_in_all_of(member, key == "allOf", found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| refs_in_all_of(item, inside, found)),
        _ => {}
    }
}

fn close(schema: &mut Value) {
    let Value::Object(members) = schema else { return };
    let whole = members.contains_key("properties") && !members.contains_key("additionalProperties");
    if members.contains_key("allOf") || (whole && members.contains_key("oneOf")) {
        members.insert("unevaluatedProperties".into(), json!(false));
    } else if whole {
        members.insert("additionalProperties".into(), json!(false));
    }
    if let Some(Value::Object(properties)) = members.get_mut("properties") {
        properties.values_mut().for_each(close);
    }
    if let Some(items) = members.get_mut("items") {
        close(items);
    }
    if let Some(Value::Array(options)) = members.get_mut("oneOf") {
        options.iter_mut().for_each(close);
    }
}
