//! Which column of a file is which member.

use super::types::Columns;
use crate::error::{Error, FieldError, Result};
use crate::http::csv::columns::Column;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fmt;

/// What columns are called, and what becomes of those that nobody called.
pub struct Mapping {
    columns: Columns,
    drops_others: bool,
}

impl Mapping {
    /// 400 for a mapping to what is no member.
    pub fn new(columns: Columns, members: &[Column]) -> Result<Mapping> {
        let known = |name: &str| members.iter().any(|member| member.name == name);
        let unknown = columns.0.iter().filter_map(|(column, member)| Some((column, member.as_deref()?)));
        let faults = unknown.filter(|(_, member)| !known(member)).map(|(column, member)| {
            fault(column, "unknown_member", format!("There is no member {member}. {}", there_are(members)))
        });
        refuse(faults.collect())?;
        let drops_others = columns.0.contains_key("*");
        Ok(Mapping { columns, drops_others })
    }

    /// The members that the cells of each row are, in the order of the header; none for a cell to leave out. 400 that names
    /// every column that is no member, and every member that is more than one column.
    pub fn of_header(&self, header: &[String], members: &[Column]) -> Result<Vec<Option<Column>>> {
        let mut faults = Vec::new();
        let mut found = Vec::new();
        let mut taken = BTreeSet::new();
        for name in header {
            let member = self.member(name);
            let column = members.iter().find(|column| Some(column.name.as_str()) == member).cloned();
            match &column {
                Some(column) if !taken.insert(column.name.clone()) => {
                    faults.push(fault(name, "duplicate", format!("{} has a column already.", column.name)));
                }
                None if !self.leaves_out(name) => {
                    let detail = format!(
                        "No member is called so. Name one in `columns`, or null. {}",
                        there_are(members)
                    );
                    faults.push(fault(name, "unknown_member", detail));
                }
                _ => {}
            }
            found.push(column);
        }
        let missing = self.columns.0.keys().filter(|name| *name != "*" && !header.contains(name));
        faults.extend(missing.map(|name| fault(name, "not_found", "The file has no such column.".into())));
        refuse(faults)?;
        Ok(found)
    }

    /// A line of JSON with its members called as they are called here. One given twice stays a fault.
    pub fn of_line(&self, line: &[u8], members: &[Column]) -> Result<Option<Vec<u8>>> {
        if self.columns.0.is_empty() {
            return Ok(None);
        }
        // What is no object is refused as what it is.
        let Ok(Pairs(pairs)) = serde_json::from_slice(line) else { return Ok(None) };
        let known = |name: &str| members.iter().any(|column| column.name == name);
        let mut record = Map::new();
        for (name, value) in pairs {
            let dropped = self.leaves_out(&name) && !known(&name);
            let member = match self.columns.0.get(&name) {
                Some(None) => continue,
                Some(Some(member)) => member.clone(),
                None if dropped => continue,
                None => name,
            };
            if record.insert(member.clone(), value).is_some() {
                return Err(Error::invalid_body(vec![FieldError::new(
                    format!("/{member}"),
                    "duplicate",
                    "Give this member once.",
                )]));
            }
        }
        serde_json::to_vec(&record).map(Some).map_err(Error::internal)
    }

    /// The member that a column is; its own name where nothing is said of it.
    fn member<'n>(&'n self, column: &'n str) -> Option<&'n str> {
        match self.columns.0.get(column) {
            Some(member) => member.as_deref(),
            None => Some(column),
        }
    }

    fn leaves_out(&self, column: &str) -> bool {
        match self.columns.0.get(column) {
            Some(member) => member.is_none(),
            None => self.drops_others,
        }
    }
}

/// The members of an object in their order, twice where they are there twice.
struct Pairs(Vec<(String, Value)>);

impl<'de> serde::Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pairs, D::Error> {
        struct PairsVisitor;
        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = members.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(PairsVisitor)
    }
}

fn there_are(members: &[Column]) -> String {
    let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    format!("There are: {}.", names.join(", "))
}

fn fault(column: &str, code: &'static str, detail: String) -> FieldError {
    let escaped = column.replace('~', "~0").replace('/', "~1");
    FieldError::new(format!("/columns/{escaped}"), code, detail)
}

fn refuse(errors: Vec<FieldError>) -> Result<()> {
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid { code: "invalid_columns", errors }) }
}

#[cfg(test)]
mod tests {
    use super::Mapping;
    use crate::error::Error;
    use crate::http::csv::columns::of_input;
    use crate::imports::types::Columns;
    use crate::observations::types::ObservationCreate;
    use serde_json::{Value, json};

    fn mapping(columns: &Value) -> Result<Mapping, Error> {
        Mapping::new(Columns::read(&columns.to_string())?, &of_input::<ObservationCreate>())
    }

    fn faults<T>(result: Result<T, Error>) -> Vec<(String, &'static str)> {
        match result {
            Err(Error::Invalid { errors, .. }) => {
                errors.into_iter().map(|error| (error.pointer, error.code)).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_header_is_read_by_its_mapping() {
        let members = of_input::<ObservationCreate>();
        let read = |columns: Value, header: &[&str]| {
            let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
            mapping(&columns).and_then(|mapping| mapping.of_header(&header, &members))
        };
        let found = read(json!({"Tekst": "body", "Nr": null}), &["Tekst", "Nr", "tags"]).unwrap_or_default();
        let names: Vec<Option<&str>> =
            found.iter().map(|column| column.as_ref().map(|column| column.name.as_str())).collect();
        assert_eq!(names, [Some("body"), None, Some("tags")]);
        assert_eq!(
            faults(read(json!({"Tekst": "body", "x": "tags"}), &["body", "Tekst", "a/b", "y"])),
            [
                ("/columns/Tekst".into(), "duplicate"),
                ("/columns/a~1b".into(), "unknown_member"),
                ("/columns/y".into(), "unknown_member"),
                ("/columns/x".into(), "not_found"),
            ]
        );
        assert_eq!(faults(mapping(&json!({"Tekst": "text"}))), [("/columns/Tekst".into(), "unknown_member")]);
        assert!(read(json!({"*": null}), &["body", "x", "y"]).is_ok());
    }

    #[test]
    fn a_line_is_read_by_its_mapping() {
        let members = of_input::<ObservationCreate>();
        let read = |columns: Value, line: &str| {
            mapping(&columns)
                .and_then(|mapping| mapping.of_line(line.as_bytes(), &members))
                .map(|line| line.map(|line| serde_json::from_slice::<Value>(&line).expect("JSON")))
        };
        let columns = json!({"Tekst": "body", "*": null});
        let line = r#"{"Tekst": "Stil.", "tags": [], "x": 1}"#;
        assert_eq!(read(columns.clone(), line).ok().flatten(), Some(json!({"body": "Stil.", "tags": []})));
        assert_eq!(read(json!({}), line).ok(), Some(None), "as it is");
        assert_eq!(read(columns.clone(), "[]").ok(), Some(None), "and so what is no object");
        assert_eq!(faults(read(columns, r#"{"Tekst": "a", "body": "b"}"#)), [("/body".into(), "duplicate")]);
    }
}
