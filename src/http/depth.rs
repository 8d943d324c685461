//! How deep JSON may be nested. Nothing of the contract comes near it, so a deeper body is a mistake or an attack; it is
//! told where it goes too deep. The parser itself stops at 128, so that none overflows the stack.

use crate::error::{Error, FieldError};

/// Arrays and objects inside of each other, at most.
pub const MOST_DEPTH: usize = 64;

/// What is wrong with a text that goes deeper, in words.
pub const DETAIL: &str = "Must not have more than 64 arrays and objects inside of each other.";

/// 400 that says where a text goes too deep; none where it does not. What is no JSON is somebody else's to tell, as long as
/// it is not too deep: it is only read for what opens and closes.
pub fn fault(text: &[u8]) -> Option<Error> {
    let fault = FieldError::new(too_deep(text)?, "too_deep", DETAIL);
    Some(Error::Invalid { code: "too_deep", errors: vec![fault] })
}

/// Whether a text goes too deep, without the place.
pub fn is_too_deep(text: &[u8]) -> bool {
    too_deep(text).is_some()
}

/// What is open, and where in it the reader is.
enum Open<'t> {
    Array(usize),
    Object(&'t [u8]),
}

/// The pointer of the first value that lies too deep.
fn too_deep(text: &[u8]) -> Option<String> {
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut string: &[u8] = &[];
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => {
                let length = string_length(&text[at..]);
                string = &text[at..at + length];
                at += length;
                continue;
            }
            b'[' | b'{' if open.len() == MOST_DEPTH => return Some(pointer(&open)),
            b'[' => open.push(Open::Array(0)),
            b'{' => open.push(Open::Object(&[])),
            b']' | b'}' => drop(open.pop()),
            b':' => {
                if let Some(Open::Object(member)) = open.last_mut() {
                    *member = string;
                }
            }
            b',' => {
                if let Some(Open::Array(index)) = open.last_mut() {
                    *index += 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Bytes of the string that a text begins with, quotes included.
fn string_length(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

fn pointer(open: &[Open<'_>]) -> String {
    let segment = |level: &Open<'_>| match level {
        Open::Array(index) => format!("/{index}"),
        Open::Object(member) => {
            let name = serde_json::from_slice::<String>(member).unwrap_or_default();
            format!("/{}", name.replace('~', "~0").replace('/', "~1"))
        }
    };
    open.iter().map(segment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nested_too_deep_is_told_with_its_place() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(too_deep(nested(MOST_DEPTH).as_bytes()), None);
        let deep = format!(r#"{{"a":1,"b":["]","x\"[",{}]}}"#, nested(MOST_DEPTH - 1));
        assert_eq!(too_deep(deep.as_bytes()), Some(format!("/b/2{}", "/0".repeat(MOST_DEPTH - 2))));
        let members = r#"{"a/b~c\"":"#.repeat(MOST_DEPTH + 1);
        assert_eq!(too_deep(members.as_bytes()), Some("/a~1b~0c\"".repeat(MOST_DEPTH)));
        assert!(DETAIL.contains(&MOST_DEPTH.to_string()));
    }

    #[test]
    fn brackets_in_strings_and_beside_each_other_are_not_deep() {
        let flat = format!("[{}]", vec!["{}"; 10_000].join(","));
        let text = format!(r#"{{"text":"{}"}}"#, "[".repeat(10_000));
        for text in [flat.as_str(), &text, "", "\"", "\"\\", "]]]]", "nul"] {
            assert!(!is_too_deep(text.as_bytes()), "{}", &text[..text.len().min(40)]);
        }
        for byte in ["[", "{", "{\"a\":"] {
            assert!(is_too_deep(byte.repeat(100_000).as_bytes()));
        }
    }
}
