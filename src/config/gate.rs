//! The settings of what a request meets before its route: connections and TLS, limits, pages of other origins; and whom
//! to tell of what is not safe.

use super::connections::ConnectionSettings;
use super::rates::RateSettings;
use super::tls::TlsSettings;
use super::values::given;
use crate::connections::Bounds;
use crate::connections::tls::Tls;
use crate::http::arriving::BodyTime;
use crate::http::credentials::Email;
use crate::http::public_url::PublicUrl;
use crate::http::rate_limits::Rates;
use crate::http::security_txt::SecurityContact;
use actix_web::http::Uri;
use clap::Args;

/// As they were written.
#[derive(Args, Clone, Default)]
pub struct GateSettings {
    #[command(flatten)]
    pub connections: ConnectionSettings,

    #[command(flatten)]
    pub tls: TlsSettings,

    #[command(flatten)]
    pub rates: RateSettings,

    /// Origins whose pages may read the answers, as in `https://leren.example.org,https://app.example.org` [default: none]
    ///
    /// For apps that lie elsewhere. They send an access token; the cookie that keeps a refresh token is not for them.
    #[arg(long, env = "CORS_ORIGINS", value_name = "ORIGINS")]
    pub cors_origins: Option<String>,

    /// Whom to tell of what is not safe, in /.well-known/security.txt: a `mailto:` or `https:` address [default: none]
    #[arg(long, env = "SECURITY_CONTACT", value_name = "ADDRESS")]
    pub security_contact: Option<String>,

    /// Where it says how such reports are dealt with: an `https:` address [default: none]
    #[arg(long, env = "SECURITY_POLICY", value_name = "URL")]
    pub security_policy: Option<String>,
}

/// Checked.
pub struct Gate {
    pub bounds: Bounds,
    pub body_time: BodyTime,
    /// What the server shows who it is by; none where it speaks in the clear.
    pub tls: Option<Tls>,
    pub rates: Rates,
    pub cors_origins: Vec<String>,
    pub security: SecurityContact,
}

impl GateSettings {
    /// Tells each fault, and answers with none then.
    pub(super) fn resolve(&self, fault: &mut impl FnMut(String)) -> Option<Gate> {
        let connections = self.connections.resolve(&mut *fault);
        let tls = self.tls.resolve().map_err(&mut *fault).ok();
        let rates = self.rates.resolve(&mut *fault);
        let origins = origins(&self.cors_origins).map_err(&mut *fault).ok();
        let security = self.security().map_err(fault).ok();
        let (bounds, body_time) = connections?;
        Some(Gate {
            bounds,
            body_time,
            tls: tls?,
            rates: rates?,
            cors_origins: origins?,
            security: security?,
        })
    }

    /// What is in effect, to be read by people.
    pub(super) fn report(&self, gate: &Gate) -> Vec<(&'static str, String)> {
        let or_not = |text: &Option<String>| text.clone().unwrap_or_else(|| "not set".to_owned());
        let mut report = Vec::from(ConnectionSettings::report(gate));
        report.extend(TlsSettings::report(&gate.tls));
        report.extend(RateSettings::report(&gate.rates));
        let origins =
            if gate.cors_origins.is_empty() { "none".to_owned() } else { gate.cors_origins.join(",") };
        report.extend([
            ("CORS_ORIGINS", origins),
            ("SECURITY_CONTACT", or_not(&gate.security.contact)),
            ("SECURITY_POLICY", or_not(&gate.security.policy)),
        ]);
        report
    }

    fn security(&self) -> Result<SecurityContact, String> {
        let web = |text: &str| text.starts_with("https://") && PublicUrl::check(text).is_some();
        let plain = |text: &str| !text.contains(|c: char| c.is_whitespace() || c.is_control());
        let contact = given(&self.security_contact);
        let mail = |text: &str| text.strip_prefix("mailto:").and_then(Email::parse).is_some();
        if contact.is_some_and(|text| !plain(text) || !(web(text) || mail(text))) {
            return Err("SECURITY_CONTACT: expected an address such as mailto:security@example.org or \
                        https://example.org/security."
                .into());
        }
        let policy = given(&self.security_policy);
        if policy.is_some_and(|text| !plain(text) || !web(text)) {
            return Err(
                "SECURITY_POLICY: expected an address such as https://example.org/security-policy.".into()
            );
        }
        if policy.is_some() && contact.is_none() {
            return Err("SECURITY_CONTACT: expected an address beside SECURITY_POLICY.".into());
        }
        Ok(SecurityContact { contact: contact.map(str::to_owned), policy: policy.map(str::to_owned) })
    }
}

/// Origins as browsers name them: scheme, host and port, and nothing behind.
fn origins(setting: &Option<String>) -> Result<Vec<String>, String> {
    let parts = given(setting).unwrap_or_default().split(',').map(str::trim).filter(|part| !part.is_empty());
    let read = |part: &str| {
        let uri: Uri = part.parse().ok()?;
        let host = uri.authority().filter(|host| !host.as_str().contains(['@', '*']))?;
        let bare = uri.path().is_empty() || uri.path() == "/";
        let scheme = uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme))?;
        let default = if scheme == "https" { ":443" } else { ":80" };
        let host = host.as_str().strip_suffix(default).unwrap_or(host.as_str());
        (bare && uri.query().is_none() && !host.is_empty())
            .then(|| format!("{scheme}://{}", host.to_ascii_lowercase()))
    };
    parts.map(|part| read(part).ok_or(part)).collect::<Result<_, _>>().map_err(|part| {
        format!(
            "CORS_ORIGINS: expected origins such as https://app.example.org, with commas between and nothing behind the \
             host or its port, not {part:?}."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::set;
    use super::*;

    #[test]
    fn origins_are_read_as_browsers_name_them() {
        let read = |text: &str| origins(&set(text));
        assert_eq!(read(""), Ok(vec![]));
        let named = read("https://App.example.org/, http://localhost:5173,https://a.example:443");
        let expected = ["https://app.example.org", "http://localhost:5173", "https://a.example"];
        assert_eq!(named, Ok(expected.map(str::to_owned).to_vec()));
        for bad in [
            "*",
            "app.example.org",
            "https://a.example/app",
            "https://*.example.org",
            "null",
            "file://x",
            "https://u@a.example",
        ] {
            assert!(read(bad).is_err_and(|fault| fault.starts_with("CORS_ORIGINS: expected")), "{bad}");
        }
    }

    #[test]
    fn who_is_told_has_an_address() {
        let read = |contact: Option<&str>, policy: Option<&str>| {
            let [security_contact, security_policy] = [contact, policy].map(|text| text.map(str::to_owned));
            GateSettings { security_contact, security_policy, ..GateSettings::default() }.security()
        };
        let policy = Some("https://example.org/security-policy");
        for good in ["mailto:security@example.org", "https://example.org/security"] {
            assert!(read(Some(good), policy).is_ok_and(|contact| contact.contact.as_deref() == Some(good)));
        }
        assert!(read(None, None).is_ok_and(|contact| contact.contact.is_none()));
        for bad in
            ["security@example.org", "http://example.org/", "mailto:nobody", "mailto:a@example.org\nX: y"]
        {
            assert!(read(Some(bad), None).is_err(), "{bad}");
        }
        assert!(read(None, policy).is_err());
        assert!(read(Some("mailto:security@example.org"), Some("policy")).is_err());
    }
}
