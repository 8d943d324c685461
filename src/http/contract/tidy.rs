//! The last touch on the document.

use serde_json::{Value, json};

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
            if members.get("const").is_some_and(Value::is_string)
                && let Some(only) = members.remove("const")
            {
                members.insert("enum".into(), json!([only]));
            }
            members.values_mut().for_each(tidy);
        }
        Value::Array(entries) => entries.iter_mut().for_each(tidy),
        _ => {}
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
