//! Walks a body as it would be written in JSON, and comes by its free texts: what is one is known by type (`http/text.rs`),
//! so none can be forgotten. Nothing is copied.

use crate::error::{Error, Result};
use crate::http::text::{ABSENT, FREE_TEXT};
use serde::ser::{
    self, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::fmt::Display;

/// What a walk comes by, each with its JSON pointer (RFC 6901).
pub enum Met<'t> {
    /// A free text.
    Text(&'t str),
    /// A member of a patch that was left out, and which JSON would show as null.
    Absent,
    /// A member, before what it holds.
    Member,
}

/// Tells `visit` of what lies in a body.
pub fn walk<T: Serialize + ?Sized>(body: &T, visit: impl FnMut(&str, Met<'_>)) -> Result<()> {
    let mut walk = Walk { pointer: String::new(), visit, next_is_free: false };
    body.serialize(&mut walk).map_err(|Unwalkable(why)| Error::Internal(why))
}

struct Walk<F> {
    pointer: String,
    visit: F,
    next_is_free: bool,
}

/// A body that cannot be written in JSON either.
#[derive(Debug, thiserror::Error)]
#[error("a body could not be walked")]
struct Unwalkable(String);

impl ser::Error for Unwalkable {
    fn custom<T: Display>(why: T) -> Unwalkable {
        Unwalkable(why.to_string())
    }
}

type Walked = std::result::Result<(), Unwalkable>;

impl<F: FnMut(&str, Met<'_>)> Walk<F> {
    /// Goes into what `segment` names.
    fn step<T: Serialize + ?Sized>(&mut self, segment: &str, value: &T) -> Walked {
        let here = self.pointer.len();
        self.pointer.push('/');
        if segment.contains(['~', '/']) {
            self.pointer.push_str(&segment.replace('~', "~0").replace('/', "~1"));
        } else {
            self.pointer.push_str(segment);
        }
        (self.visit)(&self.pointer, Met::Member);
        let walked = value.serialize(&mut *self);
        self.pointer.truncate(here);
        walked
    }
}

/// An object or a list that is gone through.
struct Inside<'w, F> {
    walk: &'w mut Walk<F>,
    index: usize,
    key: String,
    /// What the object or list itself was entered by, where that is a segment more.
    entered_from: Option<usize>,
}

impl<'w, F: FnMut(&str, Met<'_>)> Inside<'w, F> {
    fn of(walk: &'w mut Walk<F>) -> Inside<'w, F> {
        Inside { walk, index: 0, key: String::new(), entered_from: None }
    }

    /// As an enum's variant that holds something is written: an object with the variant's name.
    fn of_variant(walk: &'w mut Walk<F>, variant: &str) -> Inside<'w, F> {
        let here = walk.pointer.len();
        walk.pointer.push('/');
        walk.pointer.push_str(variant);
        Inside { entered_from: Some(here), ..Inside::of(walk) }
    }

    fn next<T: Serialize + ?Sized>(&mut self, value: &T) -> Walked {
        let segment = self.index.to_string();
        self.index += 1;
        self.walk.step(&segment, value)
    }

    fn left(self) -> Walked {
        if let Some(here) = self.entered_from {
            self.walk.pointer.truncate(here);
        }
        Ok(())
    }
}

macro_rules! nothing {
    ($($method:ident($type:ty)),+ $(,)?) => {
        $(fn $method(self, _: $type) -> Walked {
            Ok(())
        })+
    };
}

impl<'w, F: FnMut(&str, Met<'_>)> Serializer for &'w mut Walk<F> {
    type Ok = ();
    type Error = Unwalkable;
    type SerializeSeq = Inside<'w, F>;
    type SerializeTuple = Inside<'w, F>;
    type SerializeTupleStruct = Inside<'w, F>;
    type SerializeTupleVariant = Inside<'w, F>;
    type SerializeMap = Inside<'w, F>;
    type SerializeStruct = Inside<'w, F>;
    type SerializeStructVariant = Inside<'w, F>;

    nothing!(
        serialize_bool(bool),
        serialize_i8(i8),
        serialize_i16(i16),
        serialize_i32(i32),
        serialize_i64(i64),
        serialize_i128(i128),
        serialize_u8(u8),
        serialize_u16(u16),
        serialize_u32(u32),
        serialize_u64(u64),
        serialize_u128(u128),
        serialize_f32(f32),
        serialize_f64(f64),
        serialize_char(char),
        serialize_bytes(&[u8]),
        serialize_unit_struct(&'static str),
    );

    fn serialize_str(self, text: &str) -> Walked {
        if std::mem::take(&mut self.next_is_free) {
            (self.visit)(&self.pointer, Met::Text(text));
        }
        Ok(())
    }

    fn collect_str<T: Display + ?Sized>(self, _: &T) -> Walked {
        Ok(())
    }

    fn serialize_none(self) -> Walked {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Walked {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Walked {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Walked {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Walked {
        match name {
            ABSENT => {
                (self.visit)(&self.pointer, Met::Absent);
                Ok(())
            }
            FREE_TEXT => {
                self.next_is_free = true;
                value.serialize(self)
            }
            _ => value.serialize(self),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Walked {
        self.step(variant, value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'w, F>, Unwalkable> {
        Ok(Inside::of(self))
    }

    fn serialize_tuple(self, _: usize) -> Result<Inside<'w, F>, Unwalkable> {
        Ok(Inside::of(self))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside<'w, F>, Unwalkable> {
        Ok(Inside::of(self))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'w, F>, Unwalkable> {
        Ok(Inside::of_variant(self, variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'w, F>, Unwalkable> {
        Ok(Inside::of(self))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'w, F>, Unwalkable> {
        Ok(Inside::of(self))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'w, F>, Unwalkable> {
        Ok(Inside::of_variant(self, variant))
    }
}

macro_rules! list {
    ($($trait:ident::$method:ident),+ $(,)?) => {
        $(impl<F: FnMut(&str, Met<'_>)> $trait for Inside<'_, F> {
            type Ok = ();
            type Error = Unwalkable;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Walked {
                self.next(value)
            }

            fn end(self) -> Walked {
                self.left()
            }
        })+
    };
}
list!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
);

macro_rules! object {
    ($($trait:ident),+ $(,)?) => {
        $(impl<F: FnMut(&str, Met<'_>)> $trait for Inside<'_, F> {
            type Ok = ();
            type Error = Unwalkable;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Walked {
                self.walk.step(name, value)
            }

            fn end(self) -> Walked {
                self.left()
            }
        })+
    };
}
object!(SerializeStruct, SerializeStructVariant);

impl<F: FnMut(&str, Met<'_>)> SerializeMap for Inside<'_, F> {
    type Ok = ();
    type Error = Unwalkable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Walked {
        self.key = match key.serialize(serde_json::value::Serializer) {
            Ok(Value::String(key)) => key,
            Ok(other) => other.to_string(),
            Err(error) => return Err(ser::Error::custom(error)),
        };
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Walked {
        let key = std::mem::take(&mut self.key);
        self.walk.step(&key, value)
    }

    fn end(self) -> Walked {
        self.left()
    }
}

#[cfg(test)]
mod tests;
