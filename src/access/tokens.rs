//! Access tokens: JWTs of 15 minutes (RFC 9068: `typ: at+jwt`), one pinned algorithm. Refresh and invitation tokens are
//! random, and stored as hashes only.

use super::actor::Actor;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::ids::Id;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub const AUDIENCE: &str = "feedbacklus";
pub const ISSUER: &str = "feedbacklus";
const TYPE: &str = "at+jwt";

pub fn lifetime() -> Duration {
    Duration::minutes(15)
}

/// Signs and checks access tokens.
pub struct Keys {
    signing: EncodingKey,
    checking: DecodingKey,
    validation: Validation,
    /// Tokens that were checked before, with the second in which they expire: a signature stays what it is.
    checked: Cache<String, (Actor, i64)>,
}

/// Tokens to remember at most.
const REMEMBERED: usize = 1024;

/// As each token of ours has them: one with other claims was not made here, whoever signed it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: Id,
    /// The session, whose end ends the token at once.
    sid: Id,
    jti: Id,
    iat: i64,
    exp: i64,
}

impl Keys {
    /// `secret` has at least 32 bytes, which `config` sees to.
    pub fn new(secret: &[u8]) -> Keys {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.leeway = 0;
        Keys {
            signing: EncodingKey::from_secret(secret),
            checking: DecodingKey::from_secret(secret),
            validation,
            checked: Cache::new(REMEMBERED),
        }
    }

    pub fn sign(&self, actor: Actor, now: Instant) -> Result<(String, Instant)> {
        let expires_at = now.plus(lifetime());
        let claims = Claims {
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
            sub: actor.person_id,
            sid: actor.session_id,
            jti: Id::new(),
            iat: now.to_chrono().timestamp(),
            exp: expires_at.to_chrono().timestamp(),
        };
        let header = Header { typ: Some(TYPE.into()), ..Header::new(Algorithm::HS256) };
        let token = encode(&header, &claims, &self.signing).map_err(Error::internal)?;
        Ok((token, expires_at))
    }

    /// Whose token this is, and the second (of the Unix epoch) in which it expires. Whether the session still stands is the
    /// guard's to ask.
    pub fn check(&self, token: &str, now: Instant) -> Result<(Actor, i64)> {
        let (actor, expires) = match self.checked.get(token) {
            Some(checked) => checked,
            None => {
                let checked = self.verify(token)?;
                self.checked.insert(token.to_owned(), checked);
                checked
            }
        };
        if now.to_chrono().timestamp() > expires {
            return Err(Error::Unauthenticated("token_expired"));
        }
        Ok((actor, expires))
    }

    fn verify(&self, token: &str) -> Result<(Actor, i64)> {
        let token = decode::<Claims>(token, &self.checking, &self.validation).map_err(|error| match error
            .kind()
        {
            ErrorKind::ExpiredSignature => Error::Unauthenticated("token_expired"),
            _ => Error::Unauthenticated("unauthenticated"),
        })?;
        let Claims { sub, sid, exp, .. } = token.claims;
        match token.header.typ.as_deref() {
            Some(TYPE) => Ok((Actor { person_id: sub, session_id: sid }, exp)),
            _ => Err(Error::Unauthenticated("unauthenticated")),
        }
    }
}

/// A random token of 256 bits, in base64url.
pub fn random() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What is stored of a random token. It needs no slow hash: it cannot be guessed.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn a_remembered_token_expires_and_vouches_for_no_other() {
        let (keys, now) = (Keys::new(&[7; 32]), clock::now());
        let actor = Actor { person_id: Id::new(), session_id: Id::new() };
        let (token, expires_at) = keys.sign(actor, now).expect("a token");
        for _ in 0..2 {
            assert_eq!(keys.check(&token, now).expect("its own token").0, actor);
        }
        let late = keys.check(&token, expires_at.plus(Duration::seconds(1)));
        assert!(matches!(late, Err(Error::Unauthenticated("token_expired"))), "{late:?}");
        let (signed, signature) = token.rsplit_once('.').expect("a signature");
        let tampered = format!("{signed}.{}", signature.chars().rev().collect::<String>());
        for other in [tampered, format!("{token}A"), token.to_uppercase()] {
            let refused = keys.check(&other, now);
            assert!(matches!(refused, Err(Error::Unauthenticated("unauthenticated"))), "{refused:?}");
        }
        assert!(Keys::new(&[8; 32]).check(&token, now).is_err(), "another secret");
    }
}
