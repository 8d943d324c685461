//! What becomes of texts that tell who somebody is. All values are made up: numbers that nobody has, names of nobody.

mod batches;
mod bodies;
mod checks;
mod imports;
mod names;
mod policies;
mod refusals;
mod silence;
mod warnings;

use serde_json::{Value, json};

use crate::support::team::{Team, observation, with};
use crate::support::{Answer, Client, Request};

/// A citizen service number as those of test environments are.
pub const BSN: &str = "999941707";
pub const PHONE: &str = "0690541873";
/// An address that many read, which only may tell who somebody is.
pub const SHARED: &str = "info@buurthuis.example";

fn said(text: &str) -> Value {
    with(observation(), json!({"body": text}))
}

/// Says what becomes of texts in a network.
fn policy(team: &Team<'_>, members: Value) -> Answer {
    let coordinator = team.coordinator();
    let version = coordinator.get(team.path("privacy-policy")).expect(200).version();
    coordinator.patch(team.path("privacy-policy"), version, members).expect(200)
}

fn warnings(answer: &Answer) -> &[Value] {
    answer["warnings"].as_array().map_or(&[], Vec::as_slice)
}

/// The one warning of an answer: its id.
#[track_caller]
fn warned(answer: &Answer) -> String {
    let [warning] = warnings(answer) else {
        panic!("{}: no single warning in {}", answer.asked, answer.text)
    };
    warning["id"].as_str().expect("an id").to_owned()
}

fn confirming(client: &Client, path: &str, body: &Value) -> Answer {
    client.send(Request::new("POST", path).json(body).header("Confirm-Warnings", "true"))
}

/// A refusal of personal data: its pointers and kinds, with what stands there in the text that was sent.
#[track_caller]
fn found<'t>(answer: &Answer, sent: &'t Value) -> Vec<(String, String, &'t str)> {
    assert_eq!((answer.status, &answer["code"]), (400, &json!("personal_data")), "{}", answer.text);
    let one = |error: &Value| {
        let pointer = error["pointer"].as_str().expect("a pointer");
        let text = sent.pointer(pointer).and_then(Value::as_str).expect("it leads to a text");
        let (offset, length) = (error["offset"].as_u64(), error["length"].as_u64());
        let begin = text.char_indices().nth(offset.expect("an offset") as usize).expect("in the text").0;
        let end = text[begin..].char_indices().nth(length.expect("a length") as usize);
        let end = end.map_or(text.len(), |(at, _)| begin + at);
        assert_eq!(error["code"], "personal_data");
        (pointer.to_owned(), error["kind"].as_str().expect("a kind").to_owned(), &text[begin..end])
    };
    answer["errors"].as_array().expect("errors").iter().map(one).collect()
}
