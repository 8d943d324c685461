//! Access tokens: what is accepted was signed here, for here, and has not expired.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use feedbacklus::access::Actor;
use feedbacklus::access::tokens::{AUDIENCE, ISSUER, Keys};
use feedbacklus::clock;
use feedbacklus::ids::Id;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::Sha256;
use std::sync::LazyLock;
use uuid::Uuid;

const SECRET: &[u8] = b"a secret of the fuzzer, known to all";

static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys::new(SECRET));

/// By the first byte: the rest is a token, the two parts that are signed rightly, or changes to a good token.
pub fn holds(data: &[u8]) {
    let (which, rest) = super::choice(data);
    match which % 3 {
        0 => {
            if let Ok(token) = std::str::from_utf8(rest) {
                check(token);
            }
        }
        1 => signed(rest),
        _ => changed(rest),
    }
}

/// The first line is the header, all else the claims.
fn signed(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (header, claims) = (&data[..end], data.get(end + 1..).unwrap_or_default());
    let parts = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    check(&format!("{parts}.{}", signature(&parts)));
}

fn changed(changes: &[u8]) {
    let actor = Actor { person_id: Id(Uuid::from_u128(1)), session_id: Id(Uuid::from_u128(2)) };
    let token = KEYS.sign(actor, clock::now()).expect("a token").0;
    assert_eq!(KEYS.check(&token, clock::now()).expect("its own token").0, actor);
    let mut other = token.clone().into_bytes();
    for change in changes.chunks_exact(3) {
        let at = (usize::from(change[0]) << 8 | usize::from(change[1])) % other.len();
        other[at] = change[2];
    }
    if let Ok(other) = String::from_utf8(other)
        && other != token
    {
        assert!(KEYS.check(&other, clock::now()).is_err(), "a token that was tampered with: {other}");
    }
}

/// What is accepted is what a reading of our own, which trusts nobody, accepts as well.
fn check(token: &str) {
    let now = clock::now();
    let Ok((actor, expires)) = KEYS.check(token, now) else { return };
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signed] = parts[..] else { panic!("three parts") };
    assert_eq!(signed, signature(&format!("{header}.{claims}")), "not signed here");
    let (header, claims): (Header, Value) = (part(header), part(claims));
    assert_eq!((header.alg.as_str(), header.typ.as_str()), ("HS256", "at+jwt"));
    assert_eq!((&claims["iss"], &claims["aud"]), (&Value::from(ISSUER), &Value::from(AUDIENCE)));
    assert_eq!(claims["exp"].as_i64(), Some(expires));
    assert!(expires >= now.to_chrono().timestamp(), "expired");
    // Ids are read in either case (RFC 9562, section 4).
    let id = |claim: &str| claims[claim].as_str().unwrap_or_default().to_lowercase();
    assert_eq!((id("sub"), id("sid")), (actor.person_id.to_string(), actor.session_id.to_string()));
}

/// What counts of it.
#[derive(Deserialize)]
struct Header {
    alg: String,
    typ: String,
}

fn part<T: DeserializeOwned>(text: &str) -> T {
    let bytes = URL_SAFE_NO_PAD.decode(text).expect("base64url without padding");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn signature(parts: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET).expect("any length");
    mac.update(parts.as_bytes());
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}
