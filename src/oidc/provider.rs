//! The issuer, as it is asked for its keys: OpenID Connect Discovery 1.0.

use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use serde::Deserialize;
use std::net::IpAddr;
use std::time::Duration;

/// How long the issuer may take for an answer: a request waits for it.
const PATIENCE: Duration = Duration::from_secs(5);
/// The largest answer that is read, in bytes.
const MOST_BYTES: usize = 512 * 1024;

/// The issuer outside.
pub struct Provider {
    client: Client,
    issuer: String,
}

/// What is read of the issuer's configuration (section 4.2).
#[derive(Deserialize)]
struct Configuration {
    issuer: String,
    jwks_uri: String,
}

impl Provider {
    /// Fails where the system offers no TLS.
    pub fn new(issuer: &str) -> reqwest::Result<Provider> {
        // A redirect could lead to somebody else's keys.
        let client = Client::builder()
            .user_agent(concat!("feedbacklus/", env!("CARGO_PKG_VERSION")))
            .timeout(PATIENCE)
            .redirect(Policy::none())
            .no_proxy()
            .build()?;
        Ok(Provider { client, issuer: issuer.to_owned() })
    }

    /// The set of keys that it publishes now, or in words why that could not be had.
    pub async fn key_set(&self) -> Result<Vec<u8>, String> {
        let address = format!("{}/.well-known/openid-configuration", self.issuer.trim_end_matches('/'));
        let configuration: Configuration = serde_json::from_slice(&self.get(&address).await?)
            .map_err(|error| format!("{address} is no configuration: {error}"))?;
        // Else one issuer could speak for another (section 4.3).
        if configuration.issuer != self.issuer {
            return Err(format!(
                "{address} is the configuration of another issuer, {}",
                configuration.issuer
            ));
        }
        if !is_safe(&configuration.jwks_uri) {
            return Err(format!("its keys are at {}, which is not safe", configuration.jwks_uri));
        }
        self.get(&configuration.jwks_uri).await
    }

    async fn get(&self, address: &str) -> Result<Vec<u8>, String> {
        let told = |error: reqwest::Error| format!("{address} cannot be read: {}", error.without_url());
        let mut response = self.client.get(address).send().await.map_err(told)?;
        if !response.status().is_success() {
            return Err(format!("{address} answers with {}", response.status()));
        }
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(told)? {
            if body.len() + piece.len() > MOST_BYTES {
                return Err(format!("{address} answers with more than {MOST_BYTES} bytes"));
            }
            body.extend_from_slice(&piece);
        }
        Ok(body)
    }
}

/// Whether nobody on the way can put other keys there: `https`, or this machine itself.
pub fn is_safe(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    url.scheme() == "https" || (url.scheme() == "http" && here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_on_the_way_can_speak_for_the_issuer() {
        let safe =
            ["https://id.example.org", "http://127.0.0.1:8080/a", "http://[::1]/", "http://localhost:1"];
        assert!(safe.into_iter().all(is_safe));
        let unsafe_ones =
            ["http://id.example.org", "http://127.0.0.1.example.org/", "ftp://localhost", "localhost", ""];
        assert!(!unsafe_ones.into_iter().any(is_safe));
    }
}
