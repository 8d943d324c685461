//! The report as CSV (RFC 4180): one figure a row, so that a spreadsheet can pivot it.

use crate::error::{Error, Result};
use crate::http::csv::Delimiter;
use crate::http::csv::cell;
use crate::http::csv::write::Rows;
use serde::Serialize;
use serde_json::Value;

/// `section,item,measure,value`: every figure of the JSON report, in its order. Where its records are is told in JSON alone.
pub fn of(report: &impl Serialize) -> Result<Vec<u8>> {
    let mut rows = Rows::new(Delimiter::Comma);
    rows.cells(["section", "item", "measure", "value"])?;
    let Value::Object(sections) = serde_json::to_value(report).map_err(Error::internal)? else {
        return Ok(Vec::new());
    };
    for (section, value) in sections.iter().filter(|(section, _)| *section != "from") {
        write(&mut rows, section, "", value)?;
    }
    rows.into_bytes()
}

fn write(rows: &mut Rows, section: &str, item: &str, value: &Value) -> Result<()> {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::Object(_) | Value::Array(_) => {
                        write(rows, &format!("{section}.{name}"), item, value)?
                    }
                    _ => row(rows, section, item, name, value)?,
                }
            }
            Ok(())
        }
        Value::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                match entry {
                    Value::Object(_) => write(rows, section, &(index + 1).to_string(), entry)?,
                    _ => row(rows, section, &(index + 1).to_string(), "", entry)?,
                }
            }
            Ok(())
        }
        _ => row(rows, section, item, "", value),
    }
}

fn row(rows: &mut Rows, section: &str, item: &str, measure: &str, value: &Value) -> Result<()> {
    rows.cells([section, item, measure, &cell::write(Some(value))])
}
