//! `POST /v1/batches`.

mod again;
mod atomic;
mod conflicts;
mod crash;
mod many;
mod order;
mod refusals;
mod together;

use serde_json::{Value, json};

use crate::support::team::{new_id, with};
use crate::support::{Answer, Client};

fn batch(items: &[Value]) -> Value {
    json!({"id": new_id(), "items": items})
}

fn atomic(items: &[Value]) -> Value {
    with(batch(items), json!({"atomic": true}))
}

/// An item that creates, in the parent that `place` names.
fn create(kind: &str, (member, parent): (&str, &str), body: Value) -> Value {
    json!({"action": "create", "type": kind, member: parent, "body": body})
}

fn update(kind: &str, id: &str, version: i64, body: Value) -> Value {
    json!({"action": "update", "type": kind, "id": id, "ifMatch": version, "body": body})
}

fn withdraw(kind: &str, id: &str) -> Value {
    json!({"action": "withdraw", "type": kind, "id": id, "body": {"reason": "Dubbel gelogd."}})
}

/// A body with an id of its own, and the id.
fn named(body: Value) -> (String, Value) {
    let id = new_id();
    (id.clone(), with(body, json!({"id": id})))
}

#[track_caller]
fn send(client: &Client, batch: &Value) -> Answer {
    let answer = client.post("/v1/batches", batch.clone()).expect(200);
    let sent = batch["items"].as_array().expect("items").len();
    assert_eq!(answer["results"].as_array().map(Vec::len), Some(sent), "one result an item");
    answer
}

fn results(answer: &Answer) -> &Vec<Value> {
    answer["results"].as_array().expect("results")
}

/// The statuses of the results, in their order.
fn statuses(answer: &Answer) -> Vec<u64> {
    results(answer).iter().map(|result| result["status"].as_u64().expect("a status")).collect()
}

/// The codes of the results' problems, in their order; empty where there is none.
fn codes(answer: &Answer) -> Vec<&str> {
    results(answer).iter().map(|result| result["problem"]["code"].as_str().unwrap_or("")).collect()
}

/// The pointers and codes that the problem of one result names.
fn faults(result: &Value) -> Vec<(&str, &str)> {
    let errors = result["problem"]["errors"].as_array().into_iter().flatten();
    let mut faults: Vec<(&str, &str)> = errors
        .map(|error| (error["pointer"].as_str().expect("text"), error["code"].as_str().expect("text")))
        .collect();
    faults.sort_unstable();
    faults
}
