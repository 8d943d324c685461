//! How far a reader of changes has come: a number for each stream. It says what was read and not what may be; a forged one
//! shows nothing that its holder may not see.

use crate::ids::Id;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// Streams that are read together at most.
pub const MOST_STREAMS: usize = 50;
/// A letter, an id and a number.
const ENTRY: usize = 1 + 16 + 8;
/// The version of the form, before all entries.
const FORM: u8 = 1;
const LONGEST: usize = ((1 + ENTRY * MOST_STREAMS) * 4).div_ceil(3);

/// What a reader sees of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stream {
    /// What belongs to no network.
    Server,
    /// All of a network's.
    Network(Id),
    /// What is in one cycle of a network that the reader is no member of.
    Cycle(Id),
}

/// The number of the last change that was read of each stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position(pub BTreeMap<Stream, i64>);

impl Position {
    pub fn read(text: &str) -> Option<Position> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let entries = bytes.strip_prefix(&[FORM])?;
        let (entries, rest) = entries.as_chunks::<ENTRY>();
        if !rest.is_empty() || entries.len() > MOST_STREAMS {
            return None;
        }
        let mut position = Position::default();
        for [kind, place @ ..] in entries {
            let (id, number) = place.split_at(16);
            let id = Id(uuid::Uuid::from_slice(id).ok()?);
            let stream = match kind {
                b's' if id == Id::NIL => Stream::Server,
                b'n' => Stream::Network(id),
                b'c' => Stream::Cycle(id),
                _ => return None,
            };
            let number = i64::from_be_bytes(number.try_into().ok()?);
            if number < 0 || position.0.insert(stream, number).is_some() {
                return None;
            }
        }
        Some(position)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![FORM];
        for (stream, number) in &self.0 {
            let (kind, id) = match stream {
                Stream::Server => (b's', Id::NIL),
                Stream::Network(id) => (b'n', *id),
                Stream::Cycle(id) => (b'c', *id),
            };
            bytes.push(kind);
            bytes.extend(id.0.as_bytes());
            bytes.extend(number.to_be_bytes());
        }
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// A position as a request names it.
#[derive(Clone, Debug)]
pub enum After {
    Position(Position),
    /// That of the last change.
    Latest,
    /// Not one that was given out.
    Unknown,
}

/// What a request says for [`After::Latest`].
const LATEST: &str = "latest";

impl<'de> Deserialize<'de> for After {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<After, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(match Position::read(&text) {
            Some(position) => After::Position(position),
            None if text == LATEST => After::Latest,
            None => After::Unknown,
        })
    }
}

impl JsonSchema for After {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "After".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "maxLength": LONGEST, "pattern": "^[A-Za-z0-9_-]+$"})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_as_it_was_written() {
        let full: BTreeMap<Stream, i64> =
            (0..MOST_STREAMS as i64).map(|number| (Stream::Network(Id::new()), number)).collect();
        let few = BTreeMap::from([(Stream::Server, 0), (Stream::Cycle(Id::new()), i64::MAX)]);
        for position in [Position::default(), Position(few), Position(full)] {
            let text = position.to_string();
            assert!(text.len() <= LONGEST);
            assert_eq!(Position::read(&text), Some(position));
        }
    }

    #[test]
    fn anything_else_is_none() {
        let entry =
            |kind: u8, number: i64| [&[kind][..], Id::NIL.0.as_bytes(), &number.to_be_bytes()].concat();
        let written = |bytes: &[u8]| URL_SAFE_NO_PAD.encode([&[FORM], bytes].concat());
        let twice = [entry(b's', 1), entry(b's', 2)].concat();
        for text in [
            String::new(),
            "AQ==".into(),
            "Ag".into(),
            "één".into(),
            LATEST.into(),
            written(&[0; ENTRY - 1]),
            written(&entry(b'x', 1)),
            written(&entry(b's', -1)),
            written(&twice),
            written(&entry(b'n', 1).repeat(MOST_STREAMS + 1)),
        ] {
            assert_eq!(Position::read(&text), None, "{text}");
        }
    }
}
