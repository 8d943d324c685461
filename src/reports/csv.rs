//! The report as CSV (RFC 4180): one figure a row, so that a spreadsheet can pivot it.

use super::rules::CycleReport;
use crate::error::{Error, Result};
use csv::Writer;
use serde_json::Value;

/// `section,item,measure,value`: every figure of the JSON report, in its order.
pub fn of_cycle(report: &CycleReport) -> Result<Vec<u8>> {
    let mut rows = Writer::from_writer(Vec::new());
    rows.write_record(["section", "item", "measure", "value"]).map_err(Error::internal)?;
    let Value::Object(sections) = serde_json::to_value(report).map_err(Error::internal)? else {
        return Ok(Vec::new());
    };
    for (section, value) in &sections {
        write(&mut rows, section, "", value)?;
    }
    rows.into_inner().map_err(Error::internal)
}

fn write(rows: &mut Writer<Vec<u8>>, section: &str, item: &str, value: &Value) -> Result<()> {
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

fn row(rows: &mut Writer<Vec<u8>>, section: &str, item: &str, measure: &str, value: &Value) -> Result<()> {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => defused(text),
        other => other.to_string(),
    };
    rows.write_record([section, item, measure, &text]).map_err(Error::internal)
}

/// A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).
fn defused(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_text_is_never_a_formula() {
        assert_eq!(super::defused("=1+1"), "'=1+1");
        assert_eq!(super::defused("Wat helpt?"), "Wat helpt?");
    }
}
