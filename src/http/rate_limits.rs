//! How many requests are answered: for each credential and for each address, and fewer where no sign-in is needed to
//! change something. Counted by this instance alone; by GCRA, so that a minute's worth may come at once and is then given
//! back evenly. What is left is told in the headers of draft-ietf-httpapi-ratelimit-headers.

use crate::access::ClientAddress;
use crate::error::{Error, Result};
use crate::ids::Id;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::{HttpMessage, HttpRequest, web};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::fmt::Write;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

pub const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
pub const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Seconds of the window that limits are told by.
const WINDOW: u32 = 60;
/// Between two times that what is full again is forgotten.
const SWEEP: Duration = Duration::from_secs(10);
/// Who is told apart at most, for each limit. Beyond it many share a count until there are fewer.
const MOST_KEYS: usize = 200_000;

/// What is watched besides who is behind it.
const UNCOUNTED: [&str; 3] = ["/livez", "/readyz", "/metrics"];

/// The limits, in requests a minute; none where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    pub credential: Option<NonZeroU32>,
    pub address: Option<NonZeroU32>,
    pub sign_in: Option<NonZeroU32>,
}

/// Who a request is counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateKey {
    /// An IPv4 address, or a network of IPv6 that one household or server has (/64).
    Address(u128),
    Session(Id),
    /// Of a credential that is known by its digest.
    Digest([u8; 32]),
    /// Of many, once there are too many to tell apart.
    Shared(u16),
}

impl RateKey {
    fn of_address(address: Option<IpAddr>) -> RateKey {
        RateKey::Address(match address.map(|address| address.to_canonical()) {
            Some(IpAddr::V4(address)) => address.to_ipv6_mapped().to_bits(),
            Some(IpAddr::V6(address)) => address.to_bits() >> 64 << 64,
            None => 0,
        })
    }
}

/// The limits in the order in which they are told.
#[derive(Clone, Copy)]
enum Kind {
    Credential,
    Address,
    SignIn,
}

const NAMES: [&str; 3] = ["credential", "address", "sign-in"];

pub struct RateLimits {
    limits: [Option<Limit>; 3],
    /// The headers' values, by which limits a request was counted for.
    policies: [HeaderValue; 8],
}

struct Limit {
    quota: NonZeroU32,
    limiter: RateLimiter<RateKey, DashMapStateStore<RateKey>, DefaultClock, StateInformationMiddleware>,
    clock: DefaultClock,
    most_keys: usize,
    crowded: AtomicBool,
    hasher: RandomState,
}

/// In the extensions of a request: what is left of each limit that it was counted for.
#[derive(Clone, Copy, Default)]
struct Counts([Option<Count>; 3]);

#[derive(Clone, Copy)]
struct Count {
    left: u32,
    /// Seconds until all of it is there again.
    reset: u32,
}

impl RateLimits {
    pub fn new(rates: Rates) -> RateLimits {
        let quotas = [rates.credential, rates.address, rates.sign_in];
        let policy = |mask: usize| {
            let counted = quotas.iter().zip(NAMES).enumerate().filter(|(at, _)| mask & (1 << at) != 0);
            let named = counted.filter_map(|(_, (quota, name))| Some((name, (*quota)?)));
            let items: Vec<String> =
                named.map(|(name, quota)| format!("\"{name}\";q={quota};w={WINDOW}")).collect();
            HeaderValue::from_str(&items.join(", ")).unwrap_or(HeaderValue::from_static(""))
        };
        RateLimits {
            policies: std::array::from_fn(policy),
            limits: quotas.map(|quota| quota.map(|quota| Limit::new(quota, MOST_KEYS))),
        }
    }

    /// Forgets who has used nothing of a limit lately, for as long as the server runs.
    pub async fn sweep(limits: web::Data<RateLimits>) {
        loop {
            tokio::time::sleep(SWEEP).await;
            limits.limits.iter().flatten().for_each(Limit::sweep);
        }
    }

    /// Counts a request for a key. 429 where that is too many.
    fn count(&self, request: &HttpRequest, kind: Kind, key: RateKey) -> Result<()> {
        let Some(limit) = &self.limits[kind as usize] else { return Ok(()) };
        let (count, refused) = match limit.count(key) {
            Ok(count) => (count, Ok(())),
            Err(retry_after) => {
                (Count { left: 0, reset: WINDOW }, Err(Error::TooManyRequests { retry_after }))
            }
        };
        let mut extensions = request.extensions_mut();
        match extensions.get_mut::<Counts>() {
            Some(Counts(counts)) => counts[kind as usize] = Some(count),
            None => {
                let mut counts = Counts::default();
                counts.0[kind as usize] = Some(count);
                extensions.insert(counts);
            }
        }
        refused
    }

    fn write(&self, Counts(counts): Counts, headers: &mut HeaderMap) {
        let (mut told, mut mask) = (String::with_capacity(80), 0);
        for (at, count) in counts.iter().enumerate() {
            let Some(Count { left, reset }) = count else { continue };
            mask |= 1 << at;
            let comma = if told.is_empty() { "" } else { ", " };
            // Writing to a text does not fail.
            let _ = write!(told, "{comma}\"{}\";r={left};t={reset}", NAMES[at]);
        }
        if let Ok(value) = HeaderValue::from_maybe_shared(web::Bytes::from(told)) {
            headers.insert(RATE_LIMIT, value);
            headers.insert(RATE_LIMIT_POLICY, self.policies[mask].clone());
        }
    }
}

impl Limit {
    fn new(quota: NonZeroU32, most_keys: usize) -> Limit {
        let (limiter, clock) = (RateLimiter::keyed(Quota::per_minute(quota)), DefaultClock::default());
        let limiter = limiter.with_middleware();
        let crowded = AtomicBool::new(false);
        Limit { quota, limiter, clock, most_keys, crowded, hasher: RandomState::new() }
    }

    /// What is left; or the seconds after which there is something left again.
    fn count(&self, key: RateKey) -> Result<Count, u64> {
        let key = match self.crowded.load(Ordering::Relaxed) {
            true => RateKey::Shared(self.hasher.hash_one(key) as u16),
            false => key,
        };
        match self.limiter.check_key(&key) {
            Ok(state) => {
                let (quota, left) = (self.quota.get(), state.remaining_burst_capacity());
                let used = u64::from(quota.saturating_sub(left));
                let reset = (used * u64::from(WINDOW)).div_ceil(u64::from(quota));
                Ok(Count { left, reset: u32::try_from(reset).unwrap_or(WINDOW) })
            }
            Err(not_until) => {
                let wait = not_until.wait_time_from(self.clock.now());
                Err(wait.as_secs_f64().ceil().max(1.0) as u64)
            }
        }
    }

    fn sweep(&self) {
        self.limiter.retain_recent();
        let crowded = self.limiter.len() > self.most_keys;
        if crowded {
            // Who comes back is counted in a share of all; who does not is gone with the next sweeps.
            log::warn!("so many are counted that a limit is shared by several: {}", self.limiter.len());
        } else {
            self.limiter.shrink_to_fit();
        }
        self.crowded.store(crowded, Ordering::Relaxed);
    }
}

fn count(request: &HttpRequest, kind: Kind, key: impl FnOnce() -> RateKey) -> Result<()> {
    match request.app_data::<web::Data<RateLimits>>() {
        Some(limits) if limits.limits[kind as usize].is_some() => limits.count(request, kind, key()),
        _ => Ok(()),
    }
}

/// Counts any request for the address that it comes from.
pub fn count_address(request: &HttpRequest) -> Result<()> {
    if UNCOUNTED.contains(&request.path()) {
        return Ok(());
    }
    count(request, Kind::Address, || RateKey::of_address(ClientAddress::ip(request)))
}

/// Counts a request that shows a credential. Whether it is any good may be unknown still, but not made up: its signature
/// is right, or it has the form of a key.
pub fn count_credential(request: &HttpRequest, key: RateKey) -> Result<()> {
    count(request, Kind::Credential, || key)
}

/// Counts a request that changes something without a sign-in, such as signing in.
pub fn count_sign_in(request: &HttpRequest) -> Result<()> {
    count(request, Kind::SignIn, || RateKey::of_address(ClientAddress::ip(request)))
}

/// Tells what is left, on the answer of a request that was counted.
pub fn tell(request: &HttpRequest, headers: &mut HeaderMap) {
    let counts = request.extensions().get::<Counts>().copied();
    if let (Some(counts), Some(limits)) = (counts, request.app_data::<web::Data<RateLimits>>()) {
        limits.write(counts, headers);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(quota: u32, most_keys: usize) -> Limit {
        Limit::new(NonZeroU32::new(quota).expect("a number"), most_keys)
    }

    fn address(text: &str) -> RateKey {
        RateKey::of_address(Some(text.parse().expect("an address")))
    }

    #[test]
    fn a_minutes_worth_may_come_at_once_and_no_more() {
        let limit = limit(3, 10);
        let left: Vec<Option<u32>> =
            (0..4).map(|_| limit.count(address("192.0.2.1")).ok().map(|count| count.left)).collect();
        assert_eq!(left, [Some(2), Some(1), Some(0), None]);
        assert!(limit.count(address("192.0.2.1")).is_err_and(|wait| (1..=20).contains(&wait)));
        assert!(limit.count(address("192.0.2.2")).is_ok_and(|count| (count.left, count.reset) == (2, 20)));
    }

    #[test]
    fn addresses_are_told_apart_as_their_owners_are() {
        assert_eq!(address("2001:db8::1"), address("2001:db8::ffff:1"));
        assert_ne!(address("2001:db8::1"), address("2001:db8:0:1::1"));
        assert_eq!(address("::ffff:192.0.2.1"), address("192.0.2.1"));
        assert_ne!(address("192.0.2.2"), address("192.0.2.1"));
    }

    #[test]
    fn what_is_kept_has_a_bound() {
        let limit = limit(3, 10);
        let count = |first: u32| {
            for last in first..first + 1_000 {
                let _ = limit.count(RateKey::Address(last.into()));
            }
        };
        count(0);
        limit.sweep();
        assert!(limit.crowded.load(Ordering::Relaxed));
        for round in 1..100 {
            count(round * 1_000);
        }
        assert!(limit.limiter.len() <= 1_000 + usize::from(u16::MAX) + 1, "{}", limit.limiter.len());
    }

    #[test]
    fn limits_are_told_in_structured_fields() {
        let rates =
            Rates { address: NonZeroU32::new(6000), credential: NonZeroU32::new(1200), sign_in: None };
        let limits = RateLimits::new(rates);
        let counts =
            Counts([Some(Count { left: 1199, reset: 1 }), Some(Count { left: 5999, reset: 1 }), None]);
        let mut headers = HeaderMap::new();
        limits.write(counts, &mut headers);
        let told = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        assert_eq!(told("ratelimit"), Some("\"credential\";r=1199;t=1, \"address\";r=5999;t=1"));
        assert_eq!(told("ratelimit-policy"), Some("\"credential\";q=1200;w=60, \"address\";q=6000;w=60"));
    }
}
