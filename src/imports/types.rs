//! What an import is asked with, and what it answers, line by line.

use crate::error::{Error, FieldError, Result};
use crate::http::body::Input;
use crate::http::contract::problem_of_part;
use crate::http::csv::Delimiter;
use crate::http::problem::Problem;
use crate::http::text::{Token, canonical};
use crate::http::truth::Truth;
use crate::privacy_warnings::types::PrivacyWarning;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The longest text that a mapping of columns may be, in characters. Each takes up to twelve bytes of an address, and no address may
/// have more than 65,535.
pub const MAPPING: usize = 5_000;

/// What a file brings into a cycle. Beside the members of its body, a line of evaluations names the action (`actionId`), one
/// of returns the question (`questionId`), as exports do. It lies in the cycle itself; another is a reference that is not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CycleRecord {
    Question,
    Observation,
    Reflection,
    Action,
    Evaluation,
    Return,
}

/// What a file brings into a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NetworkRecord {
    Pseudonym,
    /// Into the inbox.
    Observation,
}

/// How dates and times are written in the cells of CSV.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Dates {
    /// As everywhere else in this contract (RFC 3339).
    #[default]
    Iso,
    /// As Dutch spreadsheets write them as well, such as `25-11-2026 14:30`: the time in the Netherlands, the beginning of
    /// the day where none is given.
    Dutch,
}

/// Which member each column of a file is; none for a column to leave out. `*` stands for all columns that nothing else is
/// said of and that no member is called by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(pub BTreeMap<String, Option<String>>);

impl Columns {
    /// 400 for what is no mapping.
    pub fn read(text: &str) -> Result<Columns> {
        let fault = |detail: &str| {
            let errors = vec![FieldError::new("/columns", "bad_format", detail)];
            Err(Error::Invalid { code: "invalid_query", errors })
        };
        let Ok(columns) = serde_json::from_str::<BTreeMap<String, Option<String>>>(text) else {
            return fault("Must be a JSON object that gives each column the name of a member, or null.");
        };
        if matches!(columns.get("*"), Some(Some(_))) {
            return fault("All other columns cannot be one member: `*` takes null alone.");
        }
        let canonical = |(name, member): (String, Option<String>)| (canonical(&name).into_owned(), member);
        Ok(Columns(columns.into_iter().map(canonical).collect()))
    }
}

/// How a file is to be taken.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportQuery<K> {
    /// What a line is: its members are those of the body that creates one.
    #[serde(rename = "type")]
    pub kind: K,
    /// Whether every line is judged and nothing is written.
    pub dry_run: Option<Truth>,
    /// A JSON object that says which member each column is, or null for one to leave out. A column that is called as its
    /// member is need not be named; `"*": null` leaves out all others. In JSON Lines the members of a line are its columns.
    pub columns: Option<Token<MAPPING>>,
    /// What stands between cells; by default what the first row shows. For text/csv.
    pub delimiter: Option<Delimiter>,
    /// How dates and times are written. For text/csv.
    pub dates: Option<Dates>,
}

macro_rules! query {
    ($kind:ty, $example:literal) => {
        impl Input for ImportQuery<$kind> {
            fn example() -> Value {
                json!({"type": $example})
            }
        }
    };
}
query!(CycleRecord, "observation");
query!(NetworkRecord, "pseudonym");

/// How many lines there were, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub lines: u64,
    pub created: u64,
    pub replayed: u64,
    pub refused: u64,
}

/// A line of the answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum ImportLine {
    /// A line of the file that was not taken; the others are.
    Refused {
        /// Where it begins, as a text editor counts the lines of the file.
        line: u64,
        status: u16,
        problem: ImportProblem,
    },
    /// A line that was taken, in the texts of which something may tell who somebody is. In a dry run, what would be.
    Warned { line: u64, warnings: Vec<PrivacyWarning> },
    /// How far it is.
    Progress { lines: u64, created: u64, replayed: u64, refused: u64 },
    /// The import ended before its file did. What was taken so far stands; send the whole file again once the reason is gone.
    Stopped {
        /// The first line that may not have been taken.
        line: u64,
        status: u16,
        problem: ImportProblem,
    },
    /// The last line, of a file that was read to its end. Without it the import was broken off.
    Finished {
        dry_run: bool,
        /// Lines that held something: the header is none.
        lines: u64,
        /// In a dry run those that would be.
        created: u64,
        /// Lines whose id stands with the same content.
        replayed: u64,
        refused: u64,
    },
}

/// One fault in a line.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ImportFieldError {
    #[serde(flatten)]
    pub error: FieldError,
    /// The column that the member was read from, in text/csv.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

/// A problem as the create would answer it, without the request's id. In CSV a fault names its column too.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct ImportProblem(Map<String, Value>);

impl ImportProblem {
    pub fn new(mut problem: Problem, column: impl Fn(&str) -> Option<String>) -> ImportProblem {
        let named = |error: FieldError| ImportFieldError { column: column(&error.pointer), error };
        let errors: Vec<ImportFieldError> =
            std::mem::take(&mut problem.errors).into_iter().map(named).collect();
        let mut members = problem.members();
        if !errors.is_empty() {
            members.insert("errors".into(), json!(errors));
        }
        ImportProblem(members)
    }
}

impl JsonSchema for ImportProblem {
    fn schema_name() -> Cow<'static, str> {
        "ImportProblem".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        problem_of_part(
            "What creating the record by itself would have answered: a problem (RFC 9457). Some codes have further members.",
            &generator.subschema_for::<ImportFieldError>(),
        )
    }
}
