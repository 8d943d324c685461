//! The codebook: what each column of each file holds, made of the types of their rows.

use crate::error::Result;
use crate::http::csv::Delimiter;
use crate::http::csv::columns::{self, Kind};
use crate::http::csv::write::Rows;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// A codebook, file by file.
pub struct Codebook(Rows);

impl Codebook {
    pub fn new() -> Result<Codebook> {
        let mut rows = Rows::new(Delimiter::Comma);
        rows.cells(["file", "column", "type", "values", "meaning"])?;
        Ok(Codebook(rows))
    }

    /// The columns of a file whose rows are `R`.
    pub fn file<R: JsonSchema>(&mut self, file: &str) -> Result<()> {
        let settings = SchemaSettings::draft2020_12().for_serialize();
        let generator = settings.with(|settings| settings.inline_subschemas = true).into_generator();
        let schema = generator.into_root_schema_for::<R>().to_value();
        for column in columns::of_answer::<R>() {
            let member = &schema["properties"][&column.name];
            let values = values(member).join("; ");
            let meaning = member["description"].as_str().unwrap_or_default().replace('\n', " ");
            self.0.cells([file, &column.name, in_words(column.kind), &values, &meaning])?;
        }
        Ok(())
    }

    pub fn into_bytes(self) -> Result<Vec<u8>> {
        self.0.into_bytes()
    }
}

fn in_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Instant => "moment",
        Kind::Day => "day",
        Kind::Number | Kind::Decimal => "number",
        Kind::Truth => "true or false",
        Kind::List => "list, joined by semicolons",
        Kind::Json => "JSON",
    }
}

/// The values that a member can have, where they can be listed.
fn values(member: &Value) -> Vec<&str> {
    let branches = ["oneOf", "anyOf"].into_iter().filter_map(|word| member[word].as_array()).flatten();
    let constant = member["const"].as_str();
    let listed = member["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
    constant.into_iter().chain(listed).chain(branches.flat_map(values)).collect()
}
