//! One request to somebody else: to an address that may be reached, within its time, and nowhere else from there.

use super::reach::Reach;
use super::retry::retry_after;
use crate::clock;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Client, Url};
use std::error::Error as StdError;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// Bytes of an answer that are read, so that its sender is not cut off; nothing is made of them.
const ANSWER: usize = 16 * 1024;

/// Makes requests. Each opens a connection of its own: a name is looked up, and what it stands for judged, every time.
pub struct Outbound {
    reach: Arc<Reach>,
    secure: Client,
    plain: Client,
}

/// What a receiver answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    pub status: u16,
    /// How long it wants to be left alone.
    pub retry_after: Option<Duration>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The address, or each that its name stands for, may not be reached.
    Refused,
    /// Nobody was reached there: the name stands for nothing, nobody listens, or the certificate is not right.
    Unreachable,
    TimedOut,
    /// The connection broke, or the answer was none of HTTP.
    Broken,
}

impl Outbound {
    /// No redirect is followed: it could lead anywhere. No proxy is taken from the environment: it would look names up
    /// itself, and reach what this server may not.
    pub fn new(reach: Reach, time_out: Duration) -> Result<Outbound, reqwest::Error> {
        let reach = Arc::new(reach);
        let client = |plain: bool| {
            Client::builder()
                .user_agent(concat!("feedbacklus/", env!("CARGO_PKG_VERSION")))
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .https_only(!plain)
                .pool_max_idle_per_host(0)
                .timeout(time_out)
                .dns_resolver(Arc::new(Guarded { reach: reach.clone(), plain }))
                .build()
        };
        Ok(Outbound { secure: client(false)?, plain: client(true)?, reach })
    }

    pub async fn post(&self, url: Url, headers: HeaderMap, body: Vec<u8>) -> Result<Answered, Fault> {
        let plain = url.scheme() != "https";
        // What is written as an address is not looked up, and is judged here.
        if literal(&url).is_some_and(|address| !permits(&self.reach, plain, address)) {
            return Err(Fault::Refused);
        }
        let client = if plain { &self.plain } else { &self.secure };
        let sent = client.post(url).headers(headers).body(body).send().await;
        let mut response = sent.map_err(|error| fault(&error))?;
        let asked = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        let answered = Answered {
            status: response.status().as_u16(),
            retry_after: asked.and_then(|value| retry_after(value, clock::now())),
        };
        let mut read = 0;
        while let Ok(Some(chunk)) = response.chunk().await {
            read += chunk.len();
            if read > ANSWER {
                break;
            }
        }
        Ok(answered)
    }
}

/// The address that a URL names by number.
pub fn literal(url: &Url) -> Option<IpAddr> {
    url.host_str()?.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn permits(reach: &Reach, plain: bool, address: IpAddr) -> bool {
    if plain { reach.permits_plain(address) } else { reach.permits(address) }
}

/// Looks names up as the system does, and leaves out where requests may not go.
struct Guarded {
    reach: Arc<Reach>,
    plain: bool,
}

/// None of a name's addresses may be reached.
#[derive(Debug, thiserror::Error)]
#[error("the name stands for no address that may be reached")]
struct NotPermitted;

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let (reach, plain) = (self.reach.clone(), self.plain);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let permitted: Vec<SocketAddr> =
                found.filter(|address| permits(&reach, plain, address.ip())).collect();
            if permitted.is_empty() {
                return Err(NotPermitted.into());
            }
            Ok(Box::new(permitted.into_iter()) as Addrs)
        })
    }
}

fn fault(error: &reqwest::Error) -> Fault {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.is::<NotPermitted>() {
            return Fault::Refused;
        }
        cause = inner.source();
    }
    match error {
        _ if error.is_timeout() => Fault::TimedOut,
        _ if error.is_connect() => Fault::Unreachable,
        _ => Fault::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_known_however_it_is_written() {
        let read = |url: &str| literal(&url.parse().expect("a URL")).map(|address| address.to_string());
        for loopback in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://127.0.0.1./",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://127.0.0.1:8443/hook",
            "http://\u{ff11}27.0.0.1/",
        ] {
            assert_eq!(read(loopback).as_deref(), Some("127.0.0.1"), "{loopback}");
        }
        assert_eq!(read("https://[::ffff:127.0.0.1]/").as_deref(), Some("::ffff:127.0.0.1"));
        assert_eq!(read("https://[::1]:9000/").as_deref(), Some("::1"));
        assert_eq!(read("https://hooks.example.org/127.0.0.1"), None);
    }
}
