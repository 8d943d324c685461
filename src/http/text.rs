//! Text and lists with bounds. A value of these types has been made canonical and lies within its bounds; the contract
//! takes the bounds from the same types.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Bounds of the contract, in Unicode scalars.
pub const NAME: usize = 200;
pub const LONG: usize = 10_000;
pub const REASON: usize = 2_000;
pub const TAG: usize = 50;

/// No control characters but newline, tab and the carriage return that is folded into a newline; something visible.
pub const PATTERN: &str = r"^(?:[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\r\n)*[^\s\u0000-\u001f\u007f-\u009f](?:[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\r\n)*$";

/// What a free text is called when it is serialised, by which `screening::walk` tells it from all else. In JSON it is the
/// text alone.
pub const FREE_TEXT: &str = "feedbacklus::FreeText";
/// The same of a member of a patch that was left out. In JSON it is null.
pub const ABSENT: &str = "feedbacklus::Absent";
/// What the contract says of a member that is a free text.
pub const FREE_TEXT_MARK: &str = "x-free-text";

/// Text of 1 to `MAX` Unicode scalars: NFC, trimmed, lines ended by a newline, without other control characters than
/// newline and tab.
///
/// `FREE` says that people write in it what they like: it is screened for what tells who somebody is, where it is sent to
/// a network. That is so unless the type says otherwise, and `tests/free-texts.md` lists where it does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<const MAX: usize, const FREE: bool = true>(String);

/// What something is called: a title, a place, an area.
pub type Name = Text<NAME>;
pub type Prose = Text<LONG>;
pub type Reason = Text<REASON>;
/// The name of a person, an organisation or a network, which is there to tell who or which.
pub type ProperName = Text<NAME, false>;
/// What a program wrote, or another place gave out: an address, a token, a key.
pub type Token<const MAX: usize> = Text<MAX, false>;

/// Why a text is not accepted.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum Flaw {
    Empty,
    TooLong,
    ControlCharacter,
}

impl<const MAX: usize, const FREE: bool> Text<MAX, FREE> {
    pub fn new(raw: &str) -> Result<Text<MAX, FREE>, Flaw> {
        // Of the text as sent, as the contract's pattern is: some control characters are white space, which goes at the ends.
        if has_control_character(raw) {
            return Err(Flaw::ControlCharacter);
        }
        let text = canonical(raw);
        if text.is_empty() {
            return Err(Flaw::Empty);
        }
        // As sent and as kept: white space at the ends counts for the contract, and NFC can make a text longer.
        let too_long = |text: &str| text.len() > MAX && text.chars().count() > MAX;
        if too_long(raw) || too_long(&text) {
            return Err(Flaw::TooLong);
        }
        Ok(Text(text.into_owned()))
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

/// Whether there is another than newline, tab and the carriage return before a newline.
fn has_control_character(text: &str) -> bool {
    text.char_indices().any(|(at, letter)| match letter {
        '\n' | '\t' => false,
        '\r' => text.as_bytes().get(at + 1) != Some(&b'\n'),
        letter => letter.is_control(),
    })
}

/// NFC, trimmed, CRLF as newline; borrows where the text is already so.
pub fn canonical(raw: &str) -> Cow<'_, str> {
    let trimmed = raw.trim();
    if !trimmed.contains('\r') && is_nfc_quick(trimmed.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(trimmed);
    }
    Cow::Owned(trimmed.replace("\r\n", "\n").nfc().collect())
}

impl<const MAX: usize, const FREE: bool> Deref for Text<MAX, FREE> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize, const FREE: bool> Serialize for Text<MAX, FREE> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if FREE {
            serializer.serialize_newtype_struct(FREE_TEXT, &self.0)
        } else {
            serializer.serialize_str(&self.0)
        }
    }
}

impl<'de, const MAX: usize, const FREE: bool> Deserialize<'de> for Text<MAX, FREE> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text<MAX, FREE>, D::Error> {
        struct TextVisitor<const MAX: usize, const FREE: bool>;
        impl<const MAX: usize, const FREE: bool> Visitor<'_> for TextVisitor<MAX, FREE> {
            type Value = Text<MAX, FREE>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "text of 1 to {MAX} characters")
            }
            fn visit_str<E: serde::de::Error>(self, raw: &str) -> Result<Text<MAX, FREE>, E> {
                Text::new(raw).map_err(|flaw| match flaw {
                    Flaw::Empty => E::custom("must not be empty"),
                    Flaw::TooLong => E::custom(format!("must have at most {MAX} characters")),
                    Flaw::ControlCharacter => {
                        E::custom("must have no control characters but newline and tab")
                    }
                })
            }
        }
        deserializer.deserialize_str(TextVisitor::<MAX, FREE>)
    }
}

impl<const MAX: usize, const FREE: bool> JsonSchema for Text<MAX, FREE> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        if FREE { format!("Text{MAX}").into() } else { format!("Token{MAX}").into() }
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema =
            json_schema!({"type": "string", "minLength": 1, "maxLength": MAX, "pattern": PATTERN});
        if FREE {
            schema.insert(FREE_TEXT_MARK.into(), true.into());
        }
        schema
    }
}

/// What is said of a list with two entries that are the same, however they are written.
pub const TWICE: &str = "must not have an entry twice";

/// A list of `MIN` to `MAX` entries, none twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Few<T, const MIN: usize, const MAX: usize>(Vec<T>);

impl<T, const MIN: usize, const MAX: usize> Few<T, MIN, MAX> {
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }

    /// As many entries, each made of the one that stood there.
    pub fn each(&self, make: impl FnMut(T) -> T) -> Few<T, MIN, MAX>
    where
        T: Clone,
    {
        Few(self.0.iter().cloned().map(make).collect())
    }
}

impl<T, const MIN: usize, const MAX: usize> Default for Few<T, MIN, MAX> {
    fn default() -> Self {
        Few(Vec::new())
    }
}

impl<T, const MIN: usize, const MAX: usize> Deref for Few<T, MIN, MAX> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'de, T: Deserialize<'de> + PartialEq, const MIN: usize, const MAX: usize> Deserialize<'de>
    for Few<T, MIN, MAX>
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FewVisitor<T, const MIN: usize, const MAX: usize>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de> + PartialEq, const MIN: usize, const MAX: usize> Visitor<'de>
            for FewVisitor<T, MIN, MAX>
        {
            type Value = Few<T, MIN, MAX>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a list of {MIN} to {MAX} entries")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut list = Vec::new();
                while let Some(entry) = entries.next_element::<T>()? {
                    if list.len() == MAX {
                        return Err(A::Error::custom(format!("must have at most {MAX} entries")));
                    }
                    if list.contains(&entry) {
                        return Err(A::Error::custom(TWICE));
                    }
                    list.push(entry);
                }
                if list.len() < MIN {
                    return Err(A::Error::custom(format!("must have at least {MIN} entries")));
                }
                Ok(Few(list))
            }
        }
        deserializer.deserialize_seq(FewVisitor::<T, MIN, MAX>(std::marker::PhantomData))
    }
}

impl<T: JsonSchema, const MIN: usize, const MAX: usize> JsonSchema for Few<T, MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("{}List{MIN}To{MAX}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let items = generator.subschema_for::<T>();
        json_schema!({"type": "array", "items": items, "minItems": MIN, "maxItems": MAX, "uniqueItems": true})
    }
}

/// A member of a merge patch (RFC 7396) that may be left out but not removed: absent, or a value.
#[derive(Clone, Debug)]
pub struct Set<T>(pub Option<T>);

impl<T> Default for Set<T> {
    fn default() -> Set<T> {
        Set(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Set<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Set<T>, D::Error> {
        T::deserialize(deserializer).map(|value| Set(Some(value)))
    }
}

/// A member of a merge patch (RFC 7396) that null removes: absent, null or a value.
#[derive(Clone, Debug)]
pub struct Nullable<T>(pub Option<Option<T>>);

impl<T> Default for Nullable<T> {
    fn default() -> Nullable<T> {
        Nullable(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Nullable<T>, D::Error> {
        Option::<T>::deserialize(deserializer).map(|value| Nullable(Some(value)))
    }
}

impl<T: Serialize> Serialize for Set<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(value) => value.serialize(serializer),
            None => serializer.serialize_newtype_struct(ABSENT, &()),
        }
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(value) => value.serialize(serializer),
            None => serializer.serialize_newtype_struct(ABSENT, &()),
        }
    }
}

impl<T> Set<T> {
    /// Puts the value, where one was given, into a record's column.
    pub fn apply<U>(self, column: &mut U, convert: impl FnOnce(T) -> U) {
        if let Some(value) = self.0 {
            *column = convert(value);
        }
    }
}

impl<T> Nullable<T> {
    /// Puts the value or its removal, where one was given, into a record's column.
    pub fn apply<U>(self, column: &mut Option<U>, convert: impl FnOnce(T) -> U) {
        if let Some(value) = self.0 {
            *column = value.map(convert);
        }
    }
}

impl<T: JsonSchema> JsonSchema for Set<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

impl<T: JsonSchema> JsonSchema for Nullable<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        Option::<T>::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Option<T>>()
    }
}
