use http::HeaderMap;
use standardwebhooks::Webhook;

/// The event, or none where it does not come from the server: answer 401 then, and 204 otherwise.
pub fn receive(secret: &str, headers: &HeaderMap, body: &[u8]) -> Option<serde_json::Value> {
    Webhook::new(secret).ok()?.verify(body, headers).ok()?;
    serde_json::from_slice(body).ok()
}
