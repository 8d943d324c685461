//! The keys that the issuer publishes: a JSON Web Key Set (RFC 7517).

use super::token::SignedBy;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

/// The shortest modulus of an RSA key, in bytes (RFC 7518, section 3.3).
const RSA_BYTES: usize = 256;
/// Keys that are looked at, at most: an issuer publishes a few.
const MOST_KEYS: usize = 100;

const RSA: [Algorithm; 6] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
];

/// A key that can check signatures, and those that it can check.
pub struct PublishedKey {
    kid: Option<String>,
    algorithms: Vec<Algorithm>,
    pub key: DecodingKey,
}

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

/// The keys of a set that can check signatures. Others are passed over: a set may hold what is for other ends, or kinds of
/// keys that came after us.
pub fn read(document: &[u8]) -> Result<Vec<PublishedKey>, serde_json::Error> {
    let Document { keys } = serde_json::from_slice(document)?;
    Ok(keys.into_iter().take(MOST_KEYS).filter_map(published).collect())
}

/// The key that a token names; where it names none, the one that can have signed it, if there is only one.
pub fn find<'k>(keys: &'k [PublishedKey], signed_by: &SignedBy) -> Option<&'k PublishedKey> {
    let mut able = keys.iter().filter(|key| key.algorithms.contains(&signed_by.algorithm));
    match &signed_by.kid {
        Some(_) => able.find(|key| key.kid == signed_by.kid),
        None => able.next().filter(|_| able.next().is_none()),
    }
}

fn published(key: Value) -> Option<PublishedKey> {
    let key: Jwk = serde_json::from_value(key).ok()?;
    let for_signatures = matches!(key.common.public_key_use, None | Some(PublicKeyUse::Signature));
    let checks = key
        .common
        .key_operations
        .as_ref()
        .is_none_or(|operations| operations.contains(&KeyOperations::Verify));
    if !for_signatures || !checks {
        return None;
    }
    let mut algorithms = algorithms(&key.algorithm);
    if let Some(only) = key.common.key_algorithm {
        algorithms.retain(|algorithm| is(only, *algorithm));
    }
    let usable = !algorithms.is_empty();
    let decoding = DecodingKey::from_jwk(&key).ok()?;
    usable.then_some(PublishedKey { kid: key.common.key_id, algorithms, key: decoding })
}

/// What a key of this kind can have signed. A shared secret can be no key of an issuer's: whoever reads it could sign.
fn algorithms(key: &AlgorithmParameters) -> Vec<Algorithm> {
    match key {
        AlgorithmParameters::RSA(rsa) => {
            let modulus = URL_SAFE_NO_PAD.decode(&rsa.n).unwrap_or_default();
            let significant = modulus.iter().skip_while(|byte| **byte == 0).count();
            if significant < RSA_BYTES { Vec::new() } else { RSA.to_vec() }
        }
        AlgorithmParameters::EllipticCurve(curve) => match curve.curve {
            EllipticCurve::P256 => vec![Algorithm::ES256],
            EllipticCurve::P384 => vec![Algorithm::ES384],
            _ => Vec::new(),
        },
        AlgorithmParameters::OctetKeyPair(pair) => match pair.curve {
            EllipticCurve::Ed25519 => vec![Algorithm::EdDSA],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn is(named: KeyAlgorithm, algorithm: Algorithm) -> bool {
    named.to_string().parse().is_ok_and(|named: Algorithm| named == algorithm)
}
