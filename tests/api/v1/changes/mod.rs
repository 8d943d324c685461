//! Changes: what happened, to whom it is told, in which order, and that none is left out.

mod live;
mod reading;
mod together;

use serde_json::{Value, json};

use crate::support::Client;

/// All changes after a position, read in pages of some size, and the position after them.
fn all_after(client: &Client, query: &str, limit: usize, after: Option<String>) -> (Vec<Value>, String) {
    let (mut items, mut after) = (Vec::new(), after);
    loop {
        let position = after.map(|after| format!("&after={after}")).unwrap_or_default();
        let page = client.get(format!("/v1/changes?limit={limit}{query}{position}")).expect(200);
        assert!(page.items().len() <= limit);
        items.extend(page.items().iter().cloned());
        let next = page.text_of("nextAfter");
        if page["more"] == json!(false) {
            return (items, next);
        }
        after = Some(next);
    }
}

fn kinds_of<'a>(changes: &'a [Value], subject: &str) -> Vec<&'a str> {
    let of_subject = changes.iter().filter(|change| change["subjectId"] == subject);
    of_subject.map(|change| change["kind"].as_str().expect("a kind")).collect()
}
