//! Search: what is found, by whom, in which order and when.

mod bounds;
mod filters;
mod following;
mod many_networks;
mod queries;
mod visibility;

use serde_json::{Value, json};

use crate::support::team::Cycle;
use crate::support::{Answer, Client, eventually};

/// A word that stands in nothing else, so that a test finds what it made itself.
fn rare() -> String {
    let letters = uuid::Uuid::new_v4().simple().to_string();
    letters
        .chars()
        .map(|c| if c.is_ascii_digit() { (c as u8 - b'0' + b'g') as char } else { c })
        .take(16)
        .collect()
}

/// A query as it goes into a path.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() { (byte as char).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect()
}

fn search(client: &Client, query: &str) -> Answer {
    client.get(format!("/v1/search?q={}", encoded(query))).expect(200)
}

fn found(client: &Client, query: &str) -> Vec<String> {
    search(client, query).ids()
}

#[track_caller]
fn finds(client: &Client, query: &str, ids: &[&str]) {
    let mut expected = ids.to_vec();
    expected.sort_unstable();
    let mut got = Vec::new();
    let wanted = format!("{query:?} finds {ids:?}");
    eventually(&wanted, || {
        got = found(client, query);
        got.sort_unstable();
        got == expected
    });
}

/// The snippet with the hits in brackets.
fn shown(item: &Value) -> String {
    let parts = item["snippet"].as_array().expect("a snippet has parts");
    let text = |part: &Value| {
        let text = part["text"].as_str().expect("text");
        if part["hit"] == true { format!("[{text}]") } else { text.to_owned() }
    };
    parts.iter().map(text).collect()
}

fn says(cycle: &Cycle, body: &str) -> String {
    cycle.observe(json!({"body": body}))
}
