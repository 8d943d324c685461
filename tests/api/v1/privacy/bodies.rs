//! Every text of every body: that it is screened, or why it is not. A text that is added is found here.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::BSN;
use crate::support::cases::World;
use crate::support::cases::all;
use crate::support::contract::{Contract, contract};
use crate::support::{Answer, Client, Part, both};

/// The exceptions, with their reasons.
const TABLE: &str = include_str!("../../../free-texts.md");

/// The texts of a body, as pointers with `*` for any entry: whether each is one that people write as they like.
fn texts(contract: &Contract, schema: &Value) -> BTreeMap<String, bool> {
    let mut found = BTreeMap::new();
    gather(contract, schema, "", &mut Vec::new(), &mut found);
    found
}

fn gather<'c>(
    contract: &'c Contract,
    schema: &'c Value,
    pointer: &str,
    inside: &mut Vec<&'c Value>,
    found: &mut BTreeMap<String, bool>,
) {
    let schema = contract.resolve(schema);
    if inside.iter().any(|outer| std::ptr::eq(*outer, schema)) {
        return;
    }
    inside.push(schema);
    let types = &schema["type"];
    let is_string =
        types == "string" || types.as_array().is_some_and(|types| types.contains(&json!("string")));
    let told = ["enum", "const", "format"].iter().any(|word| schema.get(word).is_some());
    // A key or a decimal has a form of its own, in which nobody writes.
    let formed = schema["pattern"].as_str().is_some_and(|pattern| !pattern.starts_with("^(?:[^\\u0000"));
    if is_string && !told && !formed {
        found.insert(pointer.to_owned(), schema["x-free-text"] == true);
    }
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        gather(contract, member, &format!("{pointer}/{name}"), inside, found);
    }
    if let Some(entries) = schema.get("items") {
        gather(contract, entries, &format!("{pointer}/*"), inside, found);
    }
    if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object()) {
        gather(contract, values, &format!("{pointer}/*"), inside, found);
    }
    for word in ["oneOf", "anyOf", "allOf"] {
        for branch in schema[word].as_array().into_iter().flatten() {
            gather(contract, branch, pointer, inside, found);
        }
    }
    inside.pop();
}

fn body_schema(operation: &Value) -> Option<&Value> {
    let content = operation["requestBody"]["content"].as_object()?;
    content.iter().find(|(media_type, _)| media_type.ends_with("json")).map(|(_, content)| &content["schema"])
}

/// The rows of the table: an operation and a member, `*` for all of its members.
fn exceptions() -> BTreeSet<(&'static str, &'static str)> {
    let rows = TABLE.lines().filter(|line| line.starts_with("| ")).skip(2);
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        assert!(cells.len() == 3 && !cells[2].is_empty(), "a row has a reason: {line}");
        (cells[0], cells[1])
    })
    .collect()
}

#[test]
fn a_text_that_is_not_screened_has_a_reason() {
    both(|api| {
        let contract = contract(&api.server.base);
        let (table, mut unscreened) = (exceptions(), BTreeSet::new());
        for operation in contract.operations() {
            let Some(schema) = body_schema(operation.body) else { continue };
            let texts = texts(contract, schema);
            if table.contains(&(operation.id, "*")) {
                if !texts.is_empty() {
                    unscreened.insert((operation.id.to_owned(), "*".to_owned()));
                }
                continue;
            }
            let bare = texts.into_iter().filter(|(_, free)| !free);
            unscreened.extend(bare.map(|(member, _)| (operation.id.to_owned(), member)));
        }
        let table: BTreeSet<(String, String)> =
            table.into_iter().map(|(operation, member)| (operation.to_owned(), member.to_owned())).collect();
        let missing: Vec<_> =
            unscreened.difference(&table).map(|(op, member)| format!("| {op} | {member} |")).collect();
        let gone: Vec<_> = table.difference(&unscreened).collect();
        assert!(
            missing.is_empty() && gone.is_empty(),
            "no reason for\n{}\nand no text {gone:?}",
            missing.join("\n")
        );
    });
}

/// Sends each request that would succeed with a number in each of its texts, one at a time.
#[test]
fn every_text_of_every_body_is_held_against_what_the_network_says() {
    both(|api| {
        let world = World::new(api);
        let contract = contract(&api.server.base);
        let table = exceptions();
        let (mut faults, mut tried) = (Vec::new(), 0);
        for case in all() {
            // The competence of this case is of all networks.
            if case.row == "updateCompetence" {
                continue;
            }
            // A batch and a file have findings by item and line.
            if table.contains(&(case.operation(), "*")) || case.operation() == "createBatch" {
                continue;
            }
            let call = (case.make)(&world, Part::Coordinator);
            let operation =
                contract.operation(call.request.method, &call.request.path).expect("of the contract");
            let (Some(schema), Some(bytes)) = (body_schema(operation.body), &call.request.body) else {
                continue;
            };
            let Ok(body) = serde_json::from_slice::<Value>(bytes) else { continue };
            for (member, _) in texts(contract, schema).into_iter().filter(|(_, free)| *free) {
                let Some((pointer, sent)) = with_number(&body, &member) else { continue };
                let mut request = call.request.clone();
                request.body = Some(sent.to_string().into_bytes());
                tried += 1;
                let sends = |part: Part| api.client(part).try_send(&request).expect("an answer");
                let parts =
                    [Part::Coordinator, Part::Practitioner, Part::Founder, Part::Neighbour, Part::Colleague];
                let refused = parts.into_iter().map(sends).any(|answer| is_refused(&answer, &pointer));
                if !refused {
                    let answer: Answer = Client::send(&api.client(Part::Coordinator), request);
                    faults.push(format!("{} {member}: {} {}", case.row, answer.status, answer.text));
                }
            }
        }
        assert!(faults.is_empty(), "{} of {tried}:\n{}", faults.len(), faults.join("\n"));
        assert!(tried >= 100, "texts are found: {tried}");
    });
}

fn is_refused(answer: &Answer, pointer: &str) -> bool {
    let at = |error: &Value| error["pointer"] == pointer && error["kind"] == "bsn";
    answer["code"] == "personal_data"
        && answer["errors"].as_array().is_some_and(|errors| errors.iter().any(at))
}

/// The body with a number in one of its texts, where there is a place for it: and where that is.
fn with_number(body: &Value, member: &str) -> Option<(String, Value)> {
    let text = json!(format!("bsn {BSN}"));
    let mut sent = body.clone();
    let (within, last) = member.rsplit_once('/')?;
    let within = within.replace('*', "0");
    if last == "*" {
        // A list of texts, which may be left out.
        let (outer, list) = within.rsplit_once('/')?;
        sent.pointer_mut(outer)?.as_object_mut()?.insert(list.to_owned(), json!([text]));
        return Some((format!("{within}/0"), sent));
    }
    sent.pointer_mut(&within)?.as_object_mut()?.insert(last.to_owned(), text);
    Some((format!("{within}/{last}"), sent))
}
