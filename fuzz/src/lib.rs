//! What must hold of whatever comes in from outside, input by input. `fuzz_targets/` looks for inputs of which it does not
//! hold; the tests of the API run the corpus through the same functions, on a stable compiler.

pub mod access_token;
pub mod batch;
pub mod csv_import;
pub mod cursor;
pub mod if_match;
pub mod merge_patch;
pub mod privacy_guard;

use feedbacklus::error::Error;
use serde_json::Value;

/// The first byte, to choose by, and the rest.
fn choice(data: &[u8]) -> (u8, &[u8]) {
    data.split_first().map_or((0, data), |(first, rest)| (*first, rest))
}

/// A refusal of a body, a query or a file names at least one fault, each with a code and a place that is a JSON pointer.
fn is_told(error: &Error) {
    match error {
        Error::Invalid { code, errors } => {
            assert!(!code.is_empty() && !errors.is_empty(), "a refusal that names nothing: {error:?}");
            for fault in errors {
                let pointer = &fault.pointer;
                assert!(pointer.is_empty() || pointer.starts_with('/'), "no pointer: {fault:?}");
                assert!(!fault.code.is_empty() && !fault.detail.is_empty(), "{fault:?}");
            }
        }
        Error::TooLarge(_) | Error::UnsupportedMediaType(_) => {}
        other => panic!("no refusal of what was sent: {other:?}"),
    }
}

/// As it is told, to compare refusals.
fn told(error: &Error) -> Value {
    is_told(error);
    match error {
        Error::Invalid { errors, .. } => serde_json::to_value(errors).expect("faults are plain"),
        other => Value::String(other.to_string()),
    }
}
