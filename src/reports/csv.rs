//! The report as CSV (RFC 4180): one figure a row, so that a spreadsheet can pivot it.

use super::labels::label;
use super::words::Words;
use crate::error::{Error, Result};
use crate::http::csv::Delimiter;
use crate::http::csv::cell;
use crate::http::csv::write::Rows;
use crate::people::types::Locale;
use serde::Serialize;
use serde_json::Value;

/// `section,item,measure,value,label`: every figure of the JSON report, in its order. The first three are names for programs,
/// the same in each language; the label says in the language of the reader what the figure is, and is empty of what is for
/// programs alone, such as an id.
/// Where its records are, and who answers for them, is told in JSON alone.
pub fn of(report: &impl Serialize, language: Locale) -> Result<Vec<u8>> {
    let mut file = File { rows: Rows::new(Delimiter::Comma), words: Words::of(language) };
    file.rows.cells(["section", "item", "measure", "value", "label"])?;
    let Value::Object(sections) = serde_json::to_value(report).map_err(Error::internal)? else {
        return Ok(Vec::new());
    };
    let is_figure = |section: &str| section != "from" && section != "responsible";
    for (section, value) in sections.iter().filter(|(section, _)| is_figure(section)) {
        file.write(section, "", value)?;
    }
    file.rows.into_bytes()
}

struct File {
    rows: Rows,
    words: Words,
}

impl File {
    fn write(&mut self, section: &str, item: &str, value: &Value) -> Result<()> {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    match value {
                        Value::Object(_) | Value::Array(_) => {
                            self.write(&format!("{section}.{name}"), item, value)?
                        }
                        _ => self.row(section, item, name, value)?,
                    }
                }
                Ok(())
            }
            Value::Array(entries) => {
                for (index, entry) in entries.iter().enumerate() {
                    match entry {
                        Value::Object(_) => self.write(section, &(index + 1).to_string(), entry)?,
                        _ => self.row(section, &(index + 1).to_string(), "", entry)?,
                    }
                }
                Ok(())
            }
            _ => self.row(section, item, "", value),
        }
    }

    fn row(&mut self, section: &str, item: &str, measure: &str, value: &Value) -> Result<()> {
        let label = label(self.words, section, measure).unwrap_or_default();
        self.rows.cells([section, item, measure, &cell::write(Some(value)), &label])
    }
}
