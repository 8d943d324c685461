//! Intake codes: what a citizen was given, to type in or to say. Eleven letters and digits drawn at random (54 bits), and a
//! twelfth by which a slip is found: one that is wrong, or two that changed places.

use crate::access::tokens;
use crate::error::{Error, Result};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// Letters and digits that are not mistaken for each other. They are 31, a prime, so that the last one tells of each slip.
const ALPHABET: &[u8; 31] = b"ABCDEFGHJKLMNPQRSTVWXYZ23456789";
const DRAWN: usize = 11;
/// What people put between its letters. It is written in three groups, with hyphens.
const BETWEEN: &str = " .-";
/// The longest that is read, in bytes.
const LONGEST: usize = 50;
const PATTERN: &str = "^[ .-]*([A-HJ-NP-TV-Za-hj-np-tv-z2-9][ .-]*){12}$";

/// An intake code, without what groups it. It is shown to the one who issues it, and kept as a digest.
#[derive(Clone, PartialEq, Eq)]
pub struct IntakeCode(String);

impl IntakeCode {
    pub fn random() -> Result<IntakeCode> {
        let mut drawn = Vec::with_capacity(DRAWN);
        while drawn.len() < DRAWN {
            let mut bytes = [0; 16];
            getrandom::fill(&mut bytes).map_err(Error::internal)?;
            // What lies above the last multiple of 31 would make some letters likelier.
            let fair = bytes.into_iter().filter(|byte| *byte < 248).map(|byte| usize::from(byte % 31));
            drawn.extend(fair.take(DRAWN - drawn.len()));
        }
        drawn.push(check(&drawn));
        Ok(IntakeCode(drawn.into_iter().map(|at| char::from(ALPHABET[at])).collect()))
    }

    /// As somebody writes it: with or without what groups it, in small letters or capitals. None where it is none.
    pub fn read(text: &str) -> Option<IntakeCode> {
        let letters = text.chars().filter(|letter| !BETWEEN.contains(*letter));
        let code: String = letters.map(|letter| letter.to_ascii_uppercase()).collect();
        let at = |letter: u8| ALPHABET.iter().position(|known| *known == letter);
        let places: Vec<usize> = code.bytes().map(at).collect::<Option<_>>()?;
        let (last, drawn) = places.split_last()?;
        let fits = text.len() <= LONGEST && drawn.len() == DRAWN && *last == check(drawn);
        fits.then_some(IntakeCode(code))
    }

    /// What is stored of it.
    pub fn hash(&self) -> Vec<u8> {
        tokens::hash(&self.0)
    }
}

/// What makes a wrong letter, and two that changed places, be seen: each place has a weight of its own.
fn check(drawn: &[usize]) -> usize {
    drawn.iter().zip(2..).map(|(at, weight)| at * weight).sum::<usize>() % ALPHABET.len()
}

impl fmt::Debug for IntakeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IntakeCode(…)")
    }
}

impl Serialize for IntakeCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let groups: Vec<&str> =
            [0..4, 4..8, 8..12].into_iter().filter_map(|group| self.0.get(group)).collect();
        serializer.serialize_str(&groups.join("-"))
    }
}

impl<'de> Deserialize<'de> for IntakeCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<IntakeCode, D::Error> {
        let text = String::deserialize(deserializer)?;
        IntakeCode::read(&text)
            .ok_or_else(|| D::Error::custom("must be a code as it was given, such as 7KQM-4XW9-TB29"))
    }
}

impl JsonSchema for IntakeCode {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "IntakeCode".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "maxLength": LONGEST, "pattern": PATTERN,
            "description": "The code that the citizen was given, such as 7KQM-4XW9-TB29. Small letters and other ways to group it are read, too; its last letter tells of a slip, and a code with one is a 400."})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        for _ in 0..50 {
            let code = IntakeCode::random().expect("a code");
            let written = serde_json::to_value(&code).expect("JSON");
            let written = written.as_str().expect("a text");
            assert_eq!(written.len(), 14);
            for text in [
                written.to_owned(),
                written.to_lowercase(),
                written.replace('-', " "),
                format!(" {} ", written.replace('-', "")),
            ] {
                assert_eq!(IntakeCode::read(&text), Some(code.clone()), "{text}");
            }
            assert!(IntakeCode::read(&format!("{written}2")).is_none());
            assert!(IntakeCode::read(&written[..13]).is_none());
        }
        assert!(IntakeCode::read("").is_none() && IntakeCode::read("O0I1-O0I1-O0I1").is_none());
        assert_ne!(IntakeCode::random().expect("a code"), IntakeCode::random().expect("a code"));
    }

    #[test]
    fn a_slip_is_found() {
        let code = IntakeCode::random().expect("a code").0;
        for place in 0..code.len() {
            for other in ALPHABET.iter().map(|letter| char::from(*letter)) {
                let mut slipped: Vec<char> = code.chars().collect();
                let meant = std::mem::replace(&mut slipped[place], other);
                let read = IntakeCode::read(&slipped.iter().collect::<String>());
                assert_eq!(read.is_some(), meant == other, "{place} {other}");
            }
            let mut swapped: Vec<char> = code.chars().collect();
            if place + 1 < swapped.len() && swapped[place] != swapped[place + 1] {
                swapped.swap(place, place + 1);
                assert!(IntakeCode::read(&swapped.iter().collect::<String>()).is_none(), "{place}");
            }
        }
    }

    /// The example of the contract is one.
    #[test]
    fn the_example_is_a_code() {
        assert!(IntakeCode::read("7KQM-4XW9-TB29").is_some());
    }
}
