//! E-mail addresses and passwords, as they are sent.

use jsonschema::Validator;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

/// The longest address that mail can be sent to, in characters (RFC 5321, section 4.5.3.1.3).
const MAX_EMAIL: usize = 254;
const MAX_PASSWORD: usize = 200;

/// What the contract calls an e-mail address, by the contract's own validator: a mailbox of RFC 5321, section 4.1.2, in ASCII.
static FORMAT: LazyLock<Option<Validator>> = LazyLock::new(|| {
    let schema = json!({"type": "string", "format": "email"});
    jsonschema::options().should_validate_formats(true).build(&schema).ok()
});

/// An e-mail address. It is kept as written and compared without case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    pub fn parse(raw: &str) -> Option<Email> {
        let text = raw.trim();
        let well_formed = || FORMAT.as_ref().is_some_and(|format| format.is_valid(&Value::from(text)));
        (text.len() <= MAX_EMAIL && well_formed()).then(|| Email(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two spellings of one address have in common.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Email, D::Error> {
        let raw = Cow::<str>::deserialize(deserializer)?;
        Email::parse(&raw).ok_or_else(|| D::Error::custom("must be an e-mail address"))
    }
}

impl JsonSchema for Email {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Email".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "email", "minLength": 3, "maxLength": MAX_EMAIL})
    }
}

/// A password of at least `MIN` Unicode scalars; never trimmed, never shown, never stored.
#[derive(Clone)]
pub struct Password<const MIN: usize>(String);

/// A password that somebody chooses: long rather than strange (NIST SP 800-63B, section 3.1.1.2).
pub type NewPassword = Password<12>;
/// A password that somebody gives to sign in.
pub type GivenPassword = Password<1>;

impl<const MIN: usize> Password<MIN> {
    pub fn parse(text: &str) -> Option<Password<MIN>> {
        (MIN..=MAX_PASSWORD).contains(&text.chars().count()).then(|| Password(text.to_owned()))
    }

    pub fn reveal(&self) -> String {
        self.0.clone()
    }
}

impl<const MIN: usize> fmt::Debug for Password<MIN> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(a password)")
    }
}

impl<'de, const MIN: usize> Deserialize<'de> for Password<MIN> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Password<MIN>, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Password::parse(&text)
            .ok_or_else(|| D::Error::custom(format!("must have {MIN} to {MAX_PASSWORD} characters")))
    }
}

impl<const MIN: usize> JsonSchema for Password<MIN> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("Password{MIN}").into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "password", "minLength": MIN, "maxLength": MAX_PASSWORD})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_what_the_contract_calls_one() {
        for good in ["a@b.example", "voor.beeld+net@sub.demo.example", "\"een naam\"@demo.example"] {
            assert!(Email::parse(good).is_some(), "{good}");
        }
        for bad in
            ["a", "a@", "@b.example", "a@b..example", "a@b.ex$mple", "a@-b.example", "jan@gemeenté.example"]
        {
            assert!(Email::parse(bad).is_none(), "{bad}");
        }
    }
}
