//! The settings of connections: how many, and how long they may take.

use super::gate::Gate;
use super::values::number;
use crate::connections::Bounds;
use crate::http::arriving::BodyTime;
use clap::Args;
use std::time::Duration;

/// As they were written.
#[derive(Args, Clone, Default)]
pub struct ConnectionSettings {
    /// Connections at once; more wait until one ends [default: 4096]
    #[arg(long, env = "MAX_CONNECTIONS", value_name = "NUMBER")]
    pub max_connections: Option<String>,

    /// Seconds that the head of a request may take to arrive [default: 10]
    #[arg(long, env = "HEADER_TIMEOUT", value_name = "SECONDS")]
    pub header_timeout: Option<String>,

    /// Seconds that a body may take to arrive, and one more for each 32 KiB that have [default: 30]
    #[arg(long, env = "BODY_TIMEOUT", value_name = "SECONDS")]
    pub body_timeout: Option<String>,

    /// Seconds that a connection may lie idle between requests [default: 5]
    ///
    /// Behind a proxy that keeps connections, more than the proxy keeps them.
    #[arg(long, env = "KEEP_ALIVE", value_name = "SECONDS")]
    pub keep_alive: Option<String>,
}

impl ConnectionSettings {
    /// Tells each fault, and answers with none then.
    pub(super) fn resolve(&self, fault: &mut impl FnMut(String)) -> Option<(Bounds, BodyTime)> {
        let mut read =
            |name, setting, default, most| number(name, setting, default, 1..=most).map_err(&mut *fault).ok();
        let most = read("MAX_CONNECTIONS", &self.max_connections, 4096, 1_000_000);
        let head = read("HEADER_TIMEOUT", &self.header_timeout, 10, 3_600);
        let body = read("BODY_TIMEOUT", &self.body_timeout, 30, 3_600);
        let idle = read("KEEP_ALIVE", &self.keep_alive, 5, 3_600);
        let seconds = |number: usize| Duration::from_secs(number as u64);
        let bounds = Bounds { most: most?, head_time: seconds(head?), keep_alive: seconds(idle?) };
        Some((bounds, BodyTime(seconds(body?))))
    }

    /// What is in effect, to be read by people.
    pub(super) fn report(gate: &Gate) -> [(&'static str, String); 4] {
        [
            ("MAX_CONNECTIONS", gate.bounds.most.to_string()),
            ("HEADER_TIMEOUT", gate.bounds.head_time.as_secs().to_string()),
            ("BODY_TIMEOUT", gate.body_time.0.as_secs().to_string()),
            ("KEEP_ALIVE", gate.bounds.keep_alive.as_secs().to_string()),
        ]
    }
}
