//! The learning record store outside.

use super::types::{Statement, VERSION, VERSION_HEADER};
use crate::clock;
use crate::outbound::retry::retry_after;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use std::time::Duration;

/// How long the store may take for an answer.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Where the store is, and who we are there. Cannot be printed: it holds a password.
#[derive(Clone)]
pub struct Endpoint {
    /// Without its last slash: statements go to `/statements` below it.
    pub url: String,
    /// For HTTP Basic.
    pub credentials: Option<(String, String)>,
}

/// The store, as it is spoken to.
pub struct Lrs {
    client: Client,
    endpoint: Endpoint,
}

/// What the store made of some statements.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It has them, now or from before.
    Stored,
    /// It knows one of them by other content.
    Known,
    /// It will not have them, however often they are sent.
    Refused(u16),
    /// It broke on them, or would have broken on anything.
    Broke(u16),
    /// It cannot be reached, or takes nothing at present; perhaps it says when it will.
    Away { reason: String, retry_after: Option<Duration> },
}

impl Lrs {
    /// Fails where the system offers no TLS.
    pub fn new(endpoint: Endpoint) -> reqwest::Result<Lrs> {
        // What is redirected would be sent again elsewhere, with the password.
        let client = Client::builder().timeout(PATIENCE).redirect(Policy::none()).no_proxy().build()?;
        Ok(Lrs { client, endpoint })
    }

    pub async fn post(&self, statements: &[Statement]) -> Outcome {
        let body = match serde_json::to_vec(statements) {
            Ok(body) => body,
            Err(error) => return Outcome::Away { reason: error.to_string(), retry_after: None },
        };
        let mut request = self
            .client
            .post(format!("{}/statements", self.endpoint.url))
            .header(CONTENT_TYPE, "application/json")
            .header(VERSION_HEADER, VERSION)
            .body(body);
        if let Some((username, password)) = &self.endpoint.credentials {
            request = request.basic_auth(username, Some(password));
        }
        match request.send().await {
            Ok(response) => {
                let wait = response.headers().get(RETRY_AFTER).and_then(|header| header.to_str().ok());
                let wait = wait.and_then(|header| retry_after(header, clock::now()));
                outcome(response.status(), wait)
            }
            // The address may hold what is not for the log.
            Err(error) => Outcome::Away { reason: error.without_url().to_string(), retry_after: None },
        }
    }
}

/// What a status says. A store that does not know us, or has nothing at that address, is set up wrongly: then nothing is lost
/// by waiting until it is put right.
fn outcome(status: StatusCode, retry_after: Option<Duration>) -> Outcome {
    match status.as_u16() {
        200..=299 => Outcome::Stored,
        409 => Outcome::Known,
        code @ (400 | 413 | 415 | 422) => Outcome::Refused(code),
        code @ 500 => Outcome::Broke(code),
        code => Outcome::Away { reason: format!("it answered {code}"), retry_after },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_says_whether_to_send_again() {
        let of = |code: u16| outcome(StatusCode::from_u16(code).unwrap_or_default(), None);
        assert_eq!((of(200), of(204)), (Outcome::Stored, Outcome::Stored));
        assert_eq!((of(400), of(409), of(500)), (Outcome::Refused(400), Outcome::Known, Outcome::Broke(500)));
        for code in [301, 401, 403, 404, 408, 429, 502, 503, 504] {
            assert!(matches!(of(code), Outcome::Away { .. }), "{code}");
        }
    }
}
