//! Batches, as far as they are read: what can be done is left to the database.

use feedbacklus::batches::items::{Plan, read_items};
use feedbacklus::batches::types::{BatchCreate, MOST_ITEMS};
use feedbacklus::http::body::parse;
use serde_json::Value;

/// An item is read as if it had come by itself, whatever stands before and behind it.
pub fn holds(data: &[u8]) {
    let batch = match parse::<BatchCreate>(data) {
        Ok(batch) => batch,
        Err(error) => return super::is_told(&error),
    };
    let items = batch.items.0;
    assert!((1..=MOST_ITEMS).contains(&items.len()));
    let plan = read_items(&items);
    assert_eq!((plan.results.len(), plan.kinds.len()), (items.len(), items.len()));
    assert!(plan.steps.len() <= items.len(), "a step takes at least one item");
    let left = plan.results.iter().any(Option::is_none);
    assert!(!left || !plan.steps.is_empty(), "an item that could be read has no step");
    for (at, item) in items.iter().enumerate() {
        let alone = read_items(std::slice::from_ref(item));
        assert_eq!(plan.kinds[at], alone.kinds[0]);
        assert_eq!(refusal(&plan, at), refusal(&alone, 0), "item {at}: {}", item.0.get());
    }
}

/// What is told of an item, by pointers that begin at the item.
fn refusal(plan: &Plan, at: usize) -> Option<Value> {
    let mut told = serde_json::to_value(plan.results[at].as_ref()?).expect("JSON");
    assert_eq!(told["status"], 400, "{told}");
    let Some(Value::Array(errors)) = told["problem"].get_mut("errors") else { panic!("no faults: {told}") };
    for error in errors {
        let pointer =
            error["pointer"].as_str().and_then(|pointer| pointer.strip_prefix(&format!("/items/{at}")));
        let pointer = pointer.unwrap_or_else(|| panic!("a fault of another item than {at}: {error}"));
        error["pointer"] = Value::from(pointer.to_owned());
    }
    Some(told)
}
