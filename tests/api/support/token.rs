//! Forged access tokens. A forgery starts from a true token, so that it differs in one thing only.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use super::server::SECRET;

/// A token taken apart.
#[derive(Clone)]
pub struct Token {
    pub header: Value,
    pub claims: Value,
}

impl Token {
    pub fn of(token: &str) -> Token {
        let parts: Vec<&str> = token.split('.').collect();
        assert_eq!(parts.len(), 3, "a JWT has three parts");
        let read =
            |part: &str| serde_json::from_slice(&BASE64.decode(part).expect("base64url")).expect("JSON");
        Token { header: read(parts[0]), claims: read(parts[1]) }
    }

    pub fn header(mut self, name: &str, value: Value) -> Token {
        self.header[name] = value;
        self
    }

    pub fn claim(mut self, name: &str, value: Value) -> Token {
        self.claims[name] = value;
        self
    }

    /// Drops a claim, or failing that a header.
    pub fn without(mut self, name: &str) -> Token {
        for part in [&mut self.claims, &mut self.header] {
            part.as_object_mut().expect("an object").remove(name);
        }
        self
    }

    /// Past its time by more than any leeway for clocks that differ.
    pub fn expired(self) -> Token {
        let then = chrono::Utc::now().timestamp() - 3_600;
        self.claim("iat", json!(then - 900)).claim("exp", json!(then))
    }

    pub fn signed(&self) -> String {
        self.signed_with(SECRET)
    }

    pub fn signed_with(&self, secret: &str) -> String {
        let text = self.text();
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length");
        mac.update(text.as_bytes());
        format!("{text}.{}", BASE64.encode(mac.finalize().into_bytes()))
    }

    pub fn unsigned(&self) -> String {
        format!("{}.", self.text())
    }

    fn text(&self) -> String {
        let write = |part: &Value| BASE64.encode(part.to_string());
        format!("{}.{}", write(&self.header), write(&self.claims))
    }
}
