//! What is met in a body, and where.

use super::*;
use crate::http::text::{Few, Name, Nullable, ProperName, Set, TAG, Text};
use std::collections::BTreeMap;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    learning_question: Name,
    said_by: ProperName,
    tags: Few<Text<TAG>, 0, 5>,
    answers: BTreeMap<&'static str, Option<Name>>,
    parts: Part,
    count: i32,
    note: Set<Name>,
    #[serde(rename = "a/b")]
    gone: Nullable<Name>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Part {
    Told { text: Name },
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn sent() -> Sent {
    Sent {
        learning_question: name("een"),
        said_by: ProperName::new("twee").expect("a name"),
        tags: serde_json::from_str(r#"["drie", "vier"]"#).expect("tags"),
        answers: BTreeMap::from([("x~y", Some(name("vijf"))), ("z", None)]),
        parts: Part::Told { text: name("zes") },
        count: 7,
        note: Set(None),
        gone: Nullable(Some(None)),
    }
}

#[test]
fn free_texts_are_met_where_json_has_them_and_nothing_else() {
    let body = sent();
    let json = serde_json::to_value(&body).expect("json");
    let (mut texts, mut absent) = (Vec::new(), Vec::new());
    walk(&body, |pointer, met| match met {
        Met::Text(text) => texts.push((pointer.to_owned(), text.to_owned())),
        Met::Absent => absent.push(pointer.to_owned()),
        Met::Member => assert!(json.pointer(pointer).is_some(), "{pointer} leads somewhere"),
    })
    .expect("a walk");
    let found: Vec<(&str, &str)> = texts.iter().map(|(at, text)| (at.as_str(), text.as_str())).collect();
    let there = [
        ("/learningQuestion", "een"),
        ("/tags/0", "drie"),
        ("/tags/1", "vier"),
        ("/answers/x~0y", "vijf"),
        ("/parts/text", "zes"),
    ];
    assert_eq!(found, there);
    assert!(found.iter().all(|(at, text)| json.pointer(at) == Some(&Value::from(*text))));
    assert_eq!(absent, ["/note"], "null is no absence");
    assert_eq!(json["note"], Value::Null);
}
