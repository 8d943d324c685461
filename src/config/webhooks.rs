//! The settings of webhooks.

use super::values::given;
use crate::outbound::reach::Reach;
use crate::outbound::retry::Schedule;
use clap::Args;
use ipnet::IpNet;
use std::net::IpAddr;
use std::time::Duration;

const TIME_OUT: f64 = 15.0;

/// As they were written.
#[derive(Args, Clone, Default)]
pub struct WebhookSettings {
    /// Networks that webhooks may lead to besides the public internet, as in `10.20.0.0/16,::1` [default: none]
    ///
    /// Without it no webhook reaches this machine, its neighbours or the metadata of a cloud, whatever name is given for
    /// them. Towards these networks http will do.
    #[arg(long, env = "WEBHOOK_ALLOWED_NETWORKS", value_name = "NETWORKS")]
    pub webhook_allowed_networks: Option<String>,

    /// Seconds that a receiver has to answer; for tests
    #[arg(long, env = "WEBHOOK_TIME_OUT", value_name = "SECONDS", hide = true)]
    pub webhook_time_out: Option<String>,

    /// Seconds after each failure, as in `5,60,300`; for tests
    #[arg(long, env = "WEBHOOK_RETRIES", value_name = "SECONDS", hide = true)]
    pub webhook_retries: Option<String>,
}

/// Checked.
pub struct Webhooks {
    pub reach: Reach,
    pub time_out: Duration,
    pub schedule: Schedule,
}

impl WebhookSettings {
    /// Tells each fault, and answers with none then.
    pub(super) fn resolve(&self, fault: &mut impl FnMut(String)) -> Option<Webhooks> {
        let mut keep = |fault_or: Result<Vec<Duration>, String>| fault_or.map_err(&mut *fault).ok();
        let time_out = keep(seconds("WEBHOOK_TIME_OUT", &self.webhook_time_out));
        let retries = keep(seconds("WEBHOOK_RETRIES", &self.webhook_retries));
        let allowed = networks(&self.webhook_allowed_networks).map_err(fault).ok();
        Some(Webhooks {
            reach: Reach::new(allowed?),
            time_out: time_out?.first().copied().unwrap_or(Duration::from_secs_f64(TIME_OUT)),
            schedule: match retries? {
                pauses if pauses.is_empty() => Schedule::default(),
                pauses => Schedule::new(pauses),
            },
        })
    }
}

impl Webhooks {
    /// The allowed networks in effect, to be read by people.
    pub(super) fn allowed(&self) -> String {
        match self.reach.own_networks() {
            none if none.is_empty() => "none".to_owned(),
            networks => networks,
        }
    }
}

/// Networks in CIDR notation, or single addresses.
fn networks(setting: &Option<String>) -> Result<Vec<IpNet>, String> {
    let read = |text: &str| text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).ok();
    let parts = given(setting).unwrap_or_default().split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| read(part).map(|network| network.trunc()).ok_or(part)).collect::<Result<_, _>>().map_err(
        |part| {
            format!(
                "WEBHOOK_ALLOWED_NETWORKS: expected networks such as 10.20.0.0/16 or ::1, with commas between, \
                 not {part:?}."
            )
        },
    )
}

fn seconds(name: &str, setting: &Option<String>) -> Result<Vec<Duration>, String> {
    let Some(text) = given(setting) else { return Ok(Vec::new()) };
    let read = |part: &str| {
        let seconds = part.trim().parse::<f64>().ok().filter(|seconds| (0.01..=86_400.0).contains(seconds));
        seconds.map(Duration::from_secs_f64)
    };
    text.split(',').map(read).collect::<Option<_>>().ok_or_else(|| {
        format!("{name}: expected seconds from 0.01 to 86400, with commas between where there are several, not {text:?}.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(settings: &WebhookSettings) -> Result<Webhooks, Vec<String>> {
        let mut faults = Vec::new();
        settings.resolve(&mut |fault| faults.push(fault)).ok_or(faults)
    }

    #[test]
    fn networks_are_read() {
        let settings = |text: &str| WebhookSettings {
            webhook_allowed_networks: Some(text.into()),
            ..WebhookSettings::default()
        };
        let allowed = |text: &str| resolved(&settings(text)).map(|webhooks| webhooks.allowed());
        assert_eq!(allowed(""), Ok("none".into()));
        assert_eq!(allowed("10.1.2.3/8, ::1,127.0.0.1"), Ok("10.0.0.0/8,::1/128,127.0.0.1/32".into()));
        for bad in ["localhost", "10.0.0.0/33", "10.0.0.0/8 ::1"] {
            let faults = allowed(bad).expect_err(bad);
            assert!(faults[0].starts_with("WEBHOOK_ALLOWED_NETWORKS: expected"), "{faults:?}");
        }
    }

    #[test]
    fn without_settings_a_receiver_has_fifteen_seconds() {
        let webhooks =
            resolved(&WebhookSettings::default()).map_err(|faults| faults.join("\n")).expect("defaults");
        assert_eq!(webhooks.time_out, Duration::from_secs(15));
        assert!(!webhooks.reach.has_own_networks());
        let none = WebhookSettings { webhook_retries: Some("0".into()), ..WebhookSettings::default() };
        assert_eq!(resolved(&none).err().map(|faults| faults.len()), Some(1));
    }
}
