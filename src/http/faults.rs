//! Every fault of a refused body or query at once. A good request never comes here: it was parsed straight into its
//! type. A bad one is held against the schema that the contract publishes, so that both say the same.

use super::body::Input;
use super::contract::tidy::tidy;
use super::depth;
use super::strict::Strict;
use super::text::{self, Flaw, Text};
use crate::decimal;
use crate::error::{Error, FieldError};
use jsonschema::error::{ValidationError, ValidationErrorKind as Kind};
use schemars::generate::SchemaSettings;
use serde_json::Value;
use std::any::TypeId;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Faults of bytes that did not parse as a `T`.
pub fn of_body<T: Input>(bytes: &[u8]) -> Error {
    if let Some(fault) = depth::fault(bytes) {
        return fault;
    }
    let value = match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => value,
        Err(error) => {
            let place = format!("line {}, column {}", error.line(), error.column());
            let fault =
                FieldError::new("", "malformed_json", format!("The body is no JSON in UTF-8: {place}."));
            return Error::Invalid { code: "malformed_json", errors: vec![fault] };
        }
    };
    let mut errors = of_value::<T>(&value);
    if errors.is_empty() {
        // What no schema can say, such as a member given twice: the parser's own word, with its place.
        let mut deserializer = serde_json::Deserializer::from_slice(bytes);
        if let Err(error) = serde_path_to_error::deserialize::<_, T>(Strict(&mut deserializer)) {
            let pointer: String = error.path().iter().map(|segment| format!("/{segment}")).collect();
            let detail = error.inner().to_string();
            // To a schema entries differ that say the same in other words, such as null for what may be left out.
            let code = if detail.starts_with(text::TWICE) { "duplicate" } else { "wrong_type" };
            errors.push(FieldError::new(pointer.trim_end_matches("/."), code, sentence(&detail)));
        }
    }
    Error::invalid_body(errors)
}

/// Faults of a JSON value against the schema of `T`, and of what can be read of it against `T`'s own rules.
pub fn of_value<T: Input>(value: &Value) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if let Some(validator) = validator::<T>() {
        validator.iter_errors(value).for_each(|fault| explain(&fault, &mut errors));
    }
    one_a_form(&mut errors);
    let given = value
        .get("happenedAt")
        .map(|instant| serde_json::from_value::<crate::clock::Instant>(instant.clone()));
    if let Some(Ok(instant)) = given
        && super::body::lies_in_future(instant)
    {
        errors.push(FieldError::new("/happenedAt", "in_future", super::body::IN_FUTURE));
    }
    errors.extend(of_the_rest::<T>(value, &errors));
    errors
}

/// What has neither the format nor the pattern that is due has one fault: the last, which is of the format.
fn one_a_form(errors: &mut Vec<FieldError>) {
    let mut told = BTreeSet::new();
    errors.reverse();
    errors.retain(|fault| fault.code != "bad_format" || told.insert(fault.pointer.clone()));
    errors.reverse();
}

/// The rules that span members, on a body whose faulty members are replaced by the example's: so they too are told
/// in the first answer.
fn of_the_rest<T: Input>(value: &Value, known: &[FieldError]) -> Vec<FieldError> {
    let Value::Object(mut members) = value.clone() else { return Vec::new() };
    let Value::Object(example) = T::example() else { return Vec::new() };
    let faulty: BTreeSet<&str> = known.iter().filter_map(|fault| fault.pointer.split('/').nth(1)).collect();
    for member in &faulty {
        match example.get(*member) {
            Some(good) => members.insert((*member).into(), good.clone()),
            None => members.remove(*member),
        };
    }
    let Ok(readable) = serde_json::from_value::<T>(Value::Object(members)) else { return Vec::new() };
    let mut faults = Vec::new();
    readable.check(&mut faults);
    faults.retain(|fault| !faulty.contains(fault.pointer.split('/').nth(1).unwrap_or_default()));
    faults
}

/// Says one fault of the schema in our words and codes.
fn explain(fault: &ValidationError<'_>, errors: &mut Vec<FieldError>) {
    let pointer = fault.instance_path().as_str().to_owned();
    let mut tell =
        |pointer: String, code, detail: String| errors.push(FieldError::new(pointer, code, detail));
    match fault.kind() {
        Kind::AdditionalProperties { unexpected } => {
            for member in unexpected {
                let escaped = member.replace('~', "~0").replace('/', "~1");
                tell(
                    format!("{pointer}/{escaped}"),
                    "unknown_member",
                    "There is no such member here.".into(),
                );
            }
        }
        Kind::Required { property } => {
            let member = property.as_str().unwrap_or_default();
            tell(format!("{pointer}/{member}"), "required", "This member is needed.".into());
        }
        Kind::Enum { options } => {
            let names: Vec<&str> =
                options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            tell(pointer, "not_in_enum", format!("Must be one of: {}.", names.join(", ")));
        }
        Kind::Constant { .. } => tell(pointer, "not_in_enum", "Is not the value expected here.".into()),
        Kind::MaxLength { limit } => {
            tell(pointer, "too_long", format!("Must have at most {limit} characters."))
        }
        Kind::MinLength { limit } => {
            tell(pointer, "too_short", format!("Must have at least {limit} characters."))
        }
        Kind::MaxItems { limit } => tell(pointer, "too_many", format!("Must have at most {limit} entries.")),
        Kind::MinItems { limit } => tell(pointer, "too_few", format!("Must have at least {limit} entries.")),
        Kind::UniqueItems => tell(pointer, "duplicate", "Must not have an entry twice.".into()),
        Kind::Maximum { limit } => tell(pointer, "out_of_range", format!("Must be at most {limit}.")),
        Kind::Minimum { limit } => tell(pointer, "out_of_range", format!("Must be at least {limit}.")),
        Kind::Format { format } => tell(pointer, "bad_format", format!("Must be a valid {format}.")),
        Kind::Pattern { pattern } if pattern == text::PATTERN => {
            let raw = fault.instance().as_str().unwrap_or_default();
            match Text::<{ usize::MAX }>::new(raw) {
                Err(Flaw::ControlCharacter) => tell(
                    pointer,
                    "control_character",
                    "Must have no control characters but newline and tab.".into(),
                ),
                // An empty text is told once, by its length.
                _ if raw.is_empty() => {}
                _ => tell(pointer, "too_short", "Must not be blank.".into()),
            }
        }
        Kind::Pattern { pattern } if decimal::is_pattern(pattern) => {
            tell(pointer, "bad_format", decimal::FORM.into());
        }
        Kind::Pattern { .. } => tell(pointer, "bad_format", "Does not have the form expected here.".into()),
        // A nullable object: what is wrong inside of it, not that it is neither null nor right.
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } if !fault.instance().is_null() => {
            for inner in context
                .iter()
                .flatten()
                .filter(|inner| !matches!(inner.kind(), Kind::Type { .. }) || !is_null_branch(inner))
            {
                explain(inner, errors);
            }
        }
        _ => tell(pointer, "wrong_type", sentence(&fault.masked_with("it").to_string())),
    }
}

fn is_null_branch(fault: &ValidationError<'_>) -> bool {
    fault.to_string().contains("\"null\"")
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let rest = letters.as_str().split(" at line ").next().unwrap_or_default();
    format!("{first}{rest}.")
}

/// The compiled schema of `T`, made when a first fault needs it. A schema that does not compile is a fault of ours: the
/// parser's own word then has to do.
fn validator<T: Input>() -> Option<Arc<jsonschema::Validator>> {
    type Cache = Mutex<HashMap<TypeId, Option<Arc<jsonschema::Validator>>>>;
    static CACHE: LazyLock<Cache> = LazyLock::new(Mutex::default);
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    cache
        .entry(TypeId::of::<T>())
        .or_insert_with(|| {
            let generator = SchemaSettings::draft2020_12().for_deserialize().into_generator();
            let mut schema = generator.into_root_schema_for::<T>().to_value();
            // As the contract says it: one fault for a value that an enum does not know.
            tidy(&mut schema);
            let built = jsonschema::options().should_validate_formats(true).build(&schema);
            built
                .map(Arc::new)
                .inspect_err(|error| log::error!("the schema of a body is invalid: {error}"))
                .ok()
        })
        .clone()
}
