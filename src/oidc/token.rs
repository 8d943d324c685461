//! What is asked of an access token of the issuer: RFC 9068 (JWT access tokens), RFC 7519 (their claims) and RFC 8725 (what
//! to beware of). Nothing here reads what a token says before its signature was checked, but which key is to check it.

use super::keys::PublishedKey;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use serde::Deserialize;

/// Seconds that the issuer's clock and ours may differ by.
pub const LEEWAY: i64 = 30;
/// The longest subject identifier, in characters (OpenID Connect Core 1.0, section 2).
pub const MAX_SUBJECT: usize = 255;

/// What a token must be, to be good here.
pub struct Demands {
    pub issuer: String,
    pub audience: String,
    /// Signatures with a key that is published: never HMAC, never `none`.
    pub algorithms: Vec<Algorithm>,
}

/// Which key a token says that it was signed with.
#[derive(Debug, PartialEq, Eq)]
pub struct SignedBy {
    pub kid: Option<String>,
    pub algorithm: Algorithm,
}

/// What a good token tells: nothing but who it is, and until when. What somebody may do here is told by the database alone.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    pub subject: String,
    /// The second of the Unix epoch in which it expires.
    pub expires: i64,
}

/// Why a token is not good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Expired,
    Invalid,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: f64,
    iat: Option<f64>,
}

/// Whether a token is signed in a way in which our own never are.
pub fn is_foreign(token: &str) -> bool {
    decode_header(token).is_ok_and(|header| header.alg != Algorithm::HS256)
}

impl Demands {
    /// Which key has to have signed it; none for what is no access token, or is signed in another way than those permitted.
    pub fn signed_by(&self, token: &str) -> Option<SignedBy> {
        let header = decode_header(token).ok()?;
        // An ID token tells an app who signed in; it opens nothing (RFC 9068, section 4).
        let kind = header.typ?.to_ascii_lowercase();
        let is_access_token = matches!(kind.as_str(), "at+jwt" | "application/at+jwt");
        // What has to be understood, and is not (RFC 7515, section 4.1.11).
        let plain = header.crit.is_none() && header.enc.is_none() && header.zip.is_none();
        let permitted = self.algorithms.contains(&header.alg);
        (is_access_token && plain && permitted).then_some(SignedBy { kid: header.kid, algorithm: header.alg })
    }

    /// Who it is, by a token that was signed with this key. `now` is a second of the Unix epoch.
    pub fn check(
        &self,
        token: &str,
        signed_by: &SignedBy,
        key: &PublishedKey,
        now: i64,
    ) -> Result<Told, Refusal> {
        let mut validation = Validation::new(signed_by.algorithm);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.audience]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        validation.validate_nbf = true;
        validation.leeway = LEEWAY.unsigned_abs();
        let token = decode::<Claims>(token, &key.key, &validation).map_err(|error| match error.kind() {
            ErrorKind::ExpiredSignature => Refusal::Expired,
            _ => Refusal::Invalid,
        })?;
        let Claims { sub, exp, iat } = token.claims;
        let to_come = iat.is_some_and(|iat| iat > (now + LEEWAY) as f64);
        let nobody = sub.is_empty() || sub.chars().count() > MAX_SUBJECT || sub.contains(char::is_control);
        if to_come || nobody {
            return Err(Refusal::Invalid);
        }
        Ok(Told { subject: sub, expires: exp as i64 })
    }
}
