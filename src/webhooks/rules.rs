//! What a webhook may be, and what it is told of.

use super::types::{DisabledReason, Webhook, WebhookState};
use crate::changes::kinds;
use crate::clock::Instant;
use crate::error::FieldError;
use crate::http::text::Token;
use crate::ids::Id;
use chrono::Duration;
use reqwest::Url;
use std::ops::Deref;

/// All changes of all kinds of records.
pub const ALL: &str = "*";
/// What a test is called.
pub const PING: &str = "webhook.ping";
/// Nothing but failures for so long disables a webhook.
const PATIENCE: Duration = Duration::days(5);
/// Changes that are older are not told any more: what records were like then is not kept.
pub const TOLD_DAYS: i64 = crate::change_log::snapshots::KEPT_DAYS;

/// Collects what is wrong with the address and the kinds of a body.
pub fn well_formed(url: Option<&str>, kinds: Option<&[Token<80>]>, faults: &mut Vec<FieldError>) {
    if let Some(Err(detail)) = url.map(address) {
        faults.push(FieldError::new("/url", "bad_format", detail));
    }
    for (index, kind) in kinds.unwrap_or_default().iter().enumerate() {
        if !names_something(kind) {
            let detail = "Must be `*`, or a kind of record that members read and what happened to it, such as \
                          `observation.*` or `observation.created`.";
            faults.push(FieldError::new(format!("/kinds/{index}"), "unknown_value", detail));
        }
    }
}

/// The address that a text is, or what is wrong with it.
pub fn address(text: &str) -> Result<Url, &'static str> {
    let url: Url = text.parse().map_err(|_| "Must be an address such as https://hooks.example.org/in.")?;
    if !matches!(url.scheme(), "https" | "http") || url.host_str().is_none_or(str::is_empty) {
        return Err("Must begin with https:// and a host.");
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err("Must have no user name, no password and no fragment.");
    }
    // Below lies what is no web server: mail, databases of old, remote shells.
    match url.port_or_known_default() {
        Some(80 | 443 | 1024..) => Ok(url),
        _ => Err("Must have port 80, 443 or one from 1024 on."),
    }
}

fn names_something(pattern: &str) -> bool {
    let word =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase());
    pattern == ALL
        || pattern
            .split_once('.')
            .is_some_and(|(kind, what)| kinds::read_by_members(kind, None) && (what == ALL || word(what)))
}

/// A change, as far as it decides who is told.
pub struct Told<'a> {
    pub kind: &'a str,
    pub audience: &'a str,
    pub cycle: Option<(Id, Id)>,
    pub at: Instant,
}

/// Whether a webhook that wants these kinds is told of a change: never more than each member of the network may read.
pub fn is_told(kinds: &[impl Deref<Target = str>], change: &Told<'_>, now: Instant) -> bool {
    let record = change.kind.split('.').next().unwrap_or_default();
    change.audience == "members"
        && change.at > now.minus(Duration::days(TOLD_DAYS))
        && kinds::read_by_members(record, change.cycle)
        && kinds.iter().any(|wanted| wants(wanted, change.kind))
}

fn wants(pattern: &str, kind: &str) -> bool {
    pattern == ALL
        || pattern == kind
        || pattern.strip_suffix('*').is_some_and(|of| of.ends_with('.') && kind.starts_with(of))
}

/// Disables a webhook, or enables it again. Whether that changes anything.
pub fn set_state(webhook: &mut Webhook, state: WebhookState, reason: DisabledReason) -> bool {
    let before = webhook.state;
    webhook.state = state;
    webhook.disabled_reason = match state {
        WebhookState::Enabled => None,
        // Who disables what is disabled already does not take the reason away.
        WebhookState::Disabled => webhook.disabled_reason.or(Some(reason)),
    };
    before != state
}

/// Whether nothing has arrived for so long that nothing will.
pub fn is_given_up(failing_since: Option<Instant>, now: Instant) -> bool {
    failing_since.is_some_and(|since| since < now.minus(PATIENCE))
}

/// The id of a delivery, and of its message: the same however often it is sent, by whichever instance.
pub fn message_id(webhook_id: Id, number: i64) -> Id {
    Id(uuid::Uuid::new_v5(&webhook_id.0, &number.to_be_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in [
            "https://hooks.example.org/in?team=1",
            "https://hooks.example.org:8443",
            "http://127.0.0.1:9000/",
            "https://[2001:db8::1]/in",
        ] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in [
            "hooks.example.org",
            "ftp://hooks.example.org/",
            "file:///etc/passwd",
            "https://",
            "https://user@hooks.example.org/",
            "https://:secret@hooks.example.org/",
            "https://hooks.example.org/#part",
            "https://hooks.example.org:25/",
            "https://hooks.example.org:22/",
            "http://hooks.example.org:0/",
            "gopher://hooks.example.org/",
            "javascript:alert(1)",
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn kinds_are_those_that_members_read() {
        for good in ["*", "observation.*", "observation.created", "return.created", "cycle.some_day"] {
            assert!(names_something(good), "{good}");
        }
        for bad in
            ["", "observation", "*.created", "person.*", "invitation.*", "webhook.created", "observation.a*"]
        {
            assert!(!names_something(bad), "{bad}");
        }
    }

    #[test]
    fn only_what_is_wanted_and_every_member_may_read_is_told() {
        let now = crate::clock::now();
        let told = |wanted: &[&str], kind: &str, audience: &str, days: i64| {
            let change = Told { kind, audience, cycle: None, at: now.minus(Duration::days(days)) };
            is_told(wanted, &change, now)
        };
        assert!(told(&["*"], "observation.created", "members", 0));
        assert!(told(&["cycle.*", "observation.*"], "observation.withdrawn", "members", 29));
        assert!(told(&["observation.created"], "observation.created", "members", 0));
        assert!(told(&["observation.*"], "observation.erased", "members", 0));
        assert!(!told(&["observation.created"], "observation.updated", "members", 0));
        assert!(!told(&["cycle.*"], "observation.created", "members", 0));
        assert!(!told(&["*"], "reflection.created", "author", 0));
        assert!(!told(&["*"], "observation.created", "members", 31));
        assert!(!told(&["*"], "invitation.created", "members", 0));
        assert!(!told(&["*"], "webhook.created", "members", 0));
    }

    #[test]
    fn a_message_keeps_its_id() {
        let (one, other) = (Id::new(), Id::new());
        assert_eq!(message_id(one, 7), message_id(one, 7));
        assert_ne!(message_id(one, 7), message_id(one, 8));
        assert_ne!(message_id(one, 7), message_id(other, 7));
    }
}
