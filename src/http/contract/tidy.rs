//! The last touch on the document.

use serde_json::{Map, Value, json};

/// Says in one way what the generator says in several: closed enums, nullable references as `oneOf`, no null defaults.
pub(in crate::http) fn tidy(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members.get("default").is_some_and(Value::is_null) {
                members.remove("default");
            }
            if members.get("format").is_some_and(|format| format == "uint") {
                members.remove("format");
            }
            if members.get("anyOf").is_some_and(|branches| !is_choice_of_types(branches))
                && let Some(branches) = members.remove("anyOf")
            {
                members.insert("oneOf".into(), branches);
            }
            if let Some(Value::Array(branches)) = members.get("oneOf")
                && let Some(names) = closed_enum(branches)
            {
                members.remove("oneOf");
                members.insert("type".into(), "string".into());
                members.insert("enum".into(), Value::Array(names));
            }
            if let Some(only) = only_value_or_null(members) {
                members.remove("enum");
                let only = json!({"type": members.remove("type").map(without_null), "const": only});
                members.insert("oneOf".into(), json!([only, {"type": "null"}]));
            }
            members.values_mut().for_each(tidy);
        }
        Value::Array(entries) => entries.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// The value of what is this value or null, and no text: what the generator makes of a constant that may be left out. Of
/// texts it is an enum as others are.
fn only_value_or_null(members: &Map<String, Value>) -> Option<Value> {
    match members.get("enum")?.as_array()?.as_slice() {
        [only, Value::Null] if !only.is_string() => Some(only.clone()),
        _ => None,
    }
}

fn without_null(types: Value) -> Value {
    match types {
        Value::Array(types) => types.into_iter().find(|name| name != "null").unwrap_or_default(),
        one => one,
    }
}

/// Several types of which a value may fit more than one, such as patches: no `oneOf`.
fn is_choice_of_types(branches: &Value) -> bool {
    branches.as_array().is_some_and(|branches| branches.iter().all(|branch| branch.get("$ref").is_some()))
}

/// The names of an enum whose variants were described one by one.
fn closed_enum(branches: &[Value]) -> Option<Vec<Value>> {
    let mut names = Vec::new();
    for branch in branches {
        match (branch.get("const"), branch.get("enum")) {
            (Some(name @ Value::String(_)), _) => names.push(name.clone()),
            (_, Some(Value::Array(several))) => names.extend(several.iter().cloned()),
            _ => return None,
        }
    }
    Some(names)
}
