//! What is sent to sign in, and what comes back.

use crate::clock::Instant;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::credentials::{GivenPassword, NewPassword};
use crate::http::text::Token;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Where a refresh token is kept. In a browser in a cookie that no script can read, else with whoever signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefreshTokenIn {
    /// In the answer's body, and in that of the request that uses it.
    #[default]
    Body,
    /// In a cookie, for pages of this server's own origin.
    Cookie,
}

/// Either an e-mail address and a password, or a refresh token: as `refreshToken`, or in the cookie.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TokenRequest {
    /// Compared without case.
    pub email: Option<Token<254>>,
    pub password: Option<GivenPassword>,
    /// The refresh token of the last answer; each can be used once.
    pub refresh_token: Option<Token<200>>,
    /// `body` by default. With `cookie` the new refresh token is in a cookie and not in the answer; alone in the body it
    /// has the cookie's refresh token used.
    pub refresh_token_in: Option<RefreshTokenIn>,
}

impl Input for TokenRequest {
    fn example() -> Value {
        json!({"email": "coordinator@demo.example", "password": "een lange zin als wachtwoord"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        let needed =
            |pointer| FieldError::new(pointer, "required", "Send email and password, or refreshToken.");
        let in_cookie = self.refresh_token_in == Some(RefreshTokenIn::Cookie);
        match (&self.email, &self.password, &self.refresh_token) {
            (Some(_), Some(_), None) => {}
            (None, None, Some(_)) if in_cookie => {
                let detail = "A refresh token in a cookie is not sent in the body.";
                faults.push(FieldError::new("/refreshToken", "inconsistent", detail));
            }
            (None, None, Some(_)) => {}
            (None, None, None) if in_cookie => {}
            (Some(_), None, None) => faults.push(needed("/password")),
            (None, Some(_), None) => faults.push(needed("/email")),
            (None, None, None) => faults.extend([needed("/email"), needed("/password")]),
            (_, _, Some(_)) => {
                let detail = "A refresh token goes without email and password.";
                faults.push(FieldError::new("/refreshToken", "inconsistent", detail));
            }
        }
    }
}

/// A signed-in session's tokens.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Tokens {
    /// A JWT for `Authorization: Bearer …`, good for 15 minutes.
    pub access_token: String,
    /// Used once, for new tokens. Null where a cookie has it.
    pub refresh_token: Option<String>,
    pub token_type: &'static str,
    /// When the access token ends.
    pub expires_at: Instant,
}

/// The body that changes one's password.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PasswordChange {
    pub current_password: GivenPassword,
    pub new_password: NewPassword,
}

impl Input for PasswordChange {
    fn example() -> Value {
        json!({"currentPassword": "een lange zin als wachtwoord", "newPassword": "een andere lange zin"})
    }
}
