//! The columns of a type: known from its schema, so that they are the same for every file, whatever stands in it.

use crate::decimal;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

/// A member with its place in the record, and how its value is written in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The members that lead to it, joined by dots: `frameShift.disruption`.
    pub name: String,
    path: Vec<String>,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Instant,
    Day,
    Number,
    /// A decimal number in a text.
    Decimal,
    Truth,
    /// A list of texts, joined by semicolons.
    List,
    /// What is neither of these, as JSON.
    Json,
}

impl Column {
    /// Its value in a record; none where a member on the way is missing or null.
    pub fn of<'v>(&self, record: &'v Value) -> Option<&'v Value> {
        self.path.iter().try_fold(record, |value, member| value.get(member)).filter(|value| !value.is_null())
    }

    /// Puts a value into a record, with the objects around it.
    pub fn put(&self, record: &mut Map<String, Value>, value: Value) {
        let Some((last, way)) = self.path.split_last() else { return };
        let mut members = record;
        for member in way {
            let next = members.entry(member.as_str()).or_insert_with(|| Value::Object(Map::new()));
            let Value::Object(next) = next else { return };
            members = next;
        }
        members.insert(last.clone(), value);
    }

    /// The member of the record itself that it is, or lies in.
    pub fn outermost(&self) -> Column {
        let name = self.path.first().cloned().unwrap_or_default();
        Column { path: vec![name.clone()], name, kind: Kind::Json }
    }

    /// Where its value stands in a record (RFC 6901).
    pub fn pointer(&self) -> String {
        self.path.iter().map(|member| format!("/{member}")).collect()
    }
}

/// The columns of a record as it is sent to clients.
pub fn of_answer<R: JsonSchema>() -> Vec<Column> {
    of_schema::<R>(SchemaSettings::draft2020_12().for_serialize())
}

/// The columns of a body as clients send it.
pub fn of_input<T: JsonSchema>() -> Vec<Column> {
    of_schema::<T>(SchemaSettings::draft2020_12().for_deserialize())
}

fn of_schema<T: JsonSchema>(settings: SchemaSettings) -> Vec<Column> {
    let settings = settings.with(|settings| settings.inline_subschemas = true);
    let schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    let mut columns = Vec::new();
    gather(&schema, &mut Vec::new(), &mut columns);
    columns
}

fn gather(schema: &Value, path: &mut Vec<String>, columns: &mut Vec<Column>) {
    for (member, schema) in schema["properties"].as_object().into_iter().flatten() {
        path.push(member.clone());
        let schema = without_null(schema);
        if schema["properties"].as_object().is_some_and(|members| !members.is_empty()) {
            gather(schema, path, columns);
        } else {
            columns.push(Column { name: path.join("."), path: path.clone(), kind: kind(schema) });
        }
        path.pop();
    }
}

fn kind(schema: &Value) -> Kind {
    let items = &schema["items"];
    match (type_of(schema), schema["format"].as_str()) {
        (Some("string"), Some("date-time")) => Kind::Instant,
        (Some("string"), Some("date")) => Kind::Day,
        (Some("string"), Some(decimal::FORMAT)) => Kind::Decimal,
        (Some("string"), _) => Kind::Text,
        (Some("integer" | "number"), _) => Kind::Number,
        (Some("boolean"), _) => Kind::Truth,
        (Some("array"), _) if type_of(without_null(items)) == Some("string") => Kind::List,
        _ => Kind::Json,
    }
}

/// The type that a value has where it is not null. An enum whose values are described one by one is a choice of constants.
fn type_of(schema: &Value) -> Option<&str> {
    match &schema["type"] {
        Value::String(name) => Some(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        _ => {
            let choices = schema["oneOf"].as_array()?;
            let texts =
                choices.iter().all(|choice| choice["const"].is_string() || choice["type"] == "string");
            texts.then_some("string")
        }
    }
}

/// The branch of a nullable schema that is not null.
fn without_null(schema: &Value) -> &Value {
    let branches = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array());
    match branches.map(Vec::as_slice) {
        Some([one, other]) if other["type"] == "null" => one,
        Some([other, one]) if other["type"] == "null" => one,
        _ => schema,
    }
}

#[cfg(test)]
mod tests {
    use super::Kind::{Instant, Json, List, Number, Text};
    use super::{Kind, of_answer, of_input};
    use crate::reflections::types::{Reflection, ReflectionCreate};

    fn kinds(columns: &[super::Column]) -> Vec<(&str, Kind)> {
        columns.iter().map(|column| (column.name.as_str(), column.kind)).collect()
    }

    #[test]
    fn a_type_has_its_columns() {
        let read = [
            ("id", Text),
            ("networkId", Text),
            ("cycleId", Text),
            ("observationIds", List),
            ("model", Text),
            ("modelVersion", Number),
            ("answers", Json),
            ("loopDepth", Text),
            ("frameShift.assumptionBefore", Text),
            ("frameShift.disruption", Text),
            ("frameShift.assumptionAfter", Text),
            ("participantIds", List),
            ("sessionId", Text),
            ("visibility", Text),
            ("state", Text),
            ("stateReason", Text),
            ("authorId", Text),
            ("happenedAt", Instant),
            ("createdAt", Instant),
            ("updatedAt", Instant),
            ("version", Number),
        ];
        assert_eq!(kinds(&of_answer::<Reflection>()), read);
        let sent = of_input::<ReflectionCreate>();
        let sent = kinds(&sent);
        // What is sent can be taken from what was read.
        assert!(sent.iter().all(|column| read.contains(column)), "{sent:?}");
    }
}
