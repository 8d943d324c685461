//! The settings of OpenID Connect: whose access tokens are accepted beside our own.

use super::values::given;
use crate::oidc::Issuer;
use crate::oidc::provider::is_safe;
use crate::oidc::token::Demands;
use clap::Args;
use jsonwebtoken::Algorithm;

/// What RFC 8725 leaves of what RFC 7518 has, as far as issuers use it.
const ALGORITHMS: [Algorithm; 5] =
    [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::ES384, Algorithm::EdDSA];

/// As they were written.
#[derive(Args, Clone, Default)]
pub struct OidcSettings {
    /// An OpenID Connect issuer whose access tokens are accepted too, exactly as it names itself [default: none]
    ///
    /// Its keys are found at /.well-known/openid-configuration below it. Who its subjects are here is told by
    /// POST /v1/me/identities and POST /v1/people/{personId}/identities, what they may do by their roles here alone.
    #[arg(long, env = "OIDC_ISSUER", value_name = "URL")]
    pub oidc_issuer: Option<String>,

    /// Whom its tokens must be made for: the identifier of this server there [default: none]
    #[arg(long, env = "OIDC_AUDIENCE", value_name = "AUDIENCE")]
    pub oidc_audience: Option<String>,

    /// How its tokens may be signed [default: RS256,PS256,ES256,ES384,EdDSA]
    #[arg(long, env = "OIDC_ALGORITHMS", value_name = "LIST")]
    pub oidc_algorithms: Option<String>,
}

/// Checked.
#[derive(Clone, Default)]
pub struct Oidc(Option<Trusted>);

#[derive(Clone)]
struct Trusted {
    issuer: String,
    audience: String,
    algorithms: Vec<Algorithm>,
}

impl Oidc {
    /// The issuer, if there is one. Fails where the system offers no TLS.
    pub fn issuer(&self) -> Result<Option<Issuer>, String> {
        let Some(Trusted { issuer, audience, algorithms }) = self.0.clone() else { return Ok(None) };
        let issuer = Issuer::new(Demands { issuer, audience, algorithms });
        issuer.map(Some).map_err(|error| format!("OIDC_ISSUER cannot be reached safely: {error}."))
    }
}

impl OidcSettings {
    pub(super) fn resolve(&self) -> Result<Oidc, Vec<String>> {
        let (issuer, audience) = (given(&self.oidc_issuer), given(&self.oidc_audience));
        let mut faults = Vec::new();
        if issuer.is_some() != audience.is_some() {
            faults.push("OIDC_ISSUER: expected together with OIDC_AUDIENCE.".to_owned());
        }
        if let Some(issuer) = issuer
            && (!is_safe(issuer) || issuer.contains(['?', '#', '@']))
        {
            faults.push(format!(
                "OIDC_ISSUER: expected an https address such as https://inloggen.example.org, without a query, not \
                 {issuer:?}."
            ));
        }
        let algorithms = match given(&self.oidc_algorithms) {
            None => ALGORITHMS.to_vec(),
            Some(list) => list.split(',').filter_map(|name| algorithm(name.trim(), &mut faults)).collect(),
        };
        match (issuer, audience) {
            _ if !faults.is_empty() => Err(faults),
            (Some(issuer), Some(audience)) => Ok(Oidc(Some(Trusted {
                issuer: issuer.to_owned(),
                audience: audience.to_owned(),
                algorithms,
            }))),
            _ => Ok(Oidc(None)),
        }
    }

    /// The settings in effect, to be read by people.
    pub(super) fn report(checked: &Oidc) -> [(&'static str, String); 3] {
        let trusted = checked.0.as_ref();
        let or_not = |value: Option<String>| value.unwrap_or_else(|| "not set".to_owned());
        let algorithms = trusted.map_or(&ALGORITHMS[..], |trusted| &trusted.algorithms);
        let algorithms: Vec<String> = algorithms.iter().map(|algorithm| format!("{algorithm:?}")).collect();
        [
            ("OIDC_ISSUER", or_not(trusted.map(|trusted| trusted.issuer.clone()))),
            ("OIDC_AUDIENCE", or_not(trusted.map(|trusted| trusted.audience.clone()))),
            ("OIDC_ALGORITHMS", algorithms.join(",")),
        ]
    }
}

/// A way to sign of which the key that checks can be published.
fn algorithm(name: &str, faults: &mut Vec<String>) -> Option<Algorithm> {
    let known = name
        .parse()
        .ok()
        .filter(|algorithm| !matches!(algorithm, Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512));
    if known.is_none() {
        faults.push(format!(
            "OIDC_ALGORITHMS: expected names such as RS256,ES256 of signatures whose keys can be published, not {name:?}."
        ));
    }
    known
}

#[cfg(test)]
mod tests {
    use super::super::tests::set;
    use super::*;

    #[test]
    fn an_issuer_has_an_audience_and_no_shared_secret() {
        let settings = |issuer: &str, audience: &str, algorithms: &str| OidcSettings {
            oidc_issuer: set(issuer),
            oidc_audience: set(audience),
            oidc_algorithms: set(algorithms),
        };
        assert!(settings("https://id.example.org/a/", "feedbacklus", "").resolve().is_ok());
        assert!(settings("", "", "").resolve().is_ok_and(|oidc| oidc.0.is_none()));
        for (issuer, audience, algorithms) in [
            ("https://id.example.org", "", ""),
            ("", "feedbacklus", ""),
            ("http://id.example.org", "feedbacklus", ""),
            ("https://id.example.org/?a", "feedbacklus", ""),
            ("https://id.example.org", "feedbacklus", "HS256"),
            ("https://id.example.org", "feedbacklus", "RS256,none"),
        ] {
            let faults = settings(issuer, audience, algorithms).resolve().err().unwrap_or_default();
            assert_eq!(faults.len(), 1, "{issuer} {audience} {algorithms}: {faults:?}");
        }
    }
}
