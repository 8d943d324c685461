//! What the tests stand on: databases, servers, people, and a client that checks every answer.

pub mod api_keys;
pub mod audit;
pub mod backup;
pub mod cases;
pub mod check_ins;
pub mod client;
pub mod contract;
pub mod effect_squares;
pub mod instances;
pub mod issuer;
pub mod janitor;
pub mod jobs;
pub mod learners;
pub mod libraries;
pub mod line;
pub mod lrs;
pub mod people;
pub mod postgres;
pub mod prices;
pub mod privacy;
pub mod random;
pub mod receiver;
pub mod server;
pub mod shim;
pub mod soak;
pub mod statements;
pub mod stored;
pub mod team;
pub mod token;
pub mod tracing;
pub mod watch;
pub mod wire;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

pub use client::{Answer, Client, Request};
pub use people::{Api, Part};
pub use server::Kind;

/// Runs a test's body on SQLite and on PostgreSQL, on the two servers that all tests share. Both are tried
/// even when the first fails, since a difference between them says more than one failure.
#[track_caller]
pub fn both(body: impl Fn(&Api)) {
    on_each(|kind| body(Api::shared(kind)));
}

/// The same on servers that this test has for itself, with settings of its own.
#[track_caller]
pub fn both_alone(settings: &[(&str, &str)], body: impl Fn(&Api)) {
    on_each(|kind| body(&Api::start(kind, settings)));
}

#[track_caller]
pub fn on_each(body: impl Fn(Kind)) {
    let failed: Vec<Kind> = Kind::BOTH
        .into_iter()
        .filter(|kind| {
            let result = catch_unwind(AssertUnwindSafe(|| body(*kind)));
            if result.is_err() {
                eprintln!("^ that was on {kind:?}");
            }
            result.is_err()
        })
        .collect();
    assert!(failed.is_empty(), "failed on {failed:?}, see above");
}

/// Waits until something holds that the server brings about by itself; a failure when it does not within ten seconds.
#[track_caller]
pub fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(10), "in vain: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
