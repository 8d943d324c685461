//! Webhooks' secrets as they lie in the database. They sign, so they cannot be hashed; who reads the database alone, such
//! as a copy of it, cannot read them.

use crate::error::{Error, Result};
use crate::ids::Id;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What the key is made for. Another purpose gets another key out of the same secret.
const PURPOSE: &[u8] = b"feedbacklus webhook secrets, version 1";

/// Seals with AES-256-GCM, under a key made of the server's own secret. With another JWT_SECRET nothing can be opened any
/// more, and each webhook needs a new secret.
pub struct Sealer(LessSafeKey);

impl Sealer {
    /// `server_secret` has at least 32 bytes, which `config` sees to.
    pub fn new(server_secret: &[u8]) -> Result<Sealer> {
        let mut mac = Hmac::<Sha256>::new_from_slice(server_secret).map_err(Error::internal)?;
        mac.update(PURPOSE);
        let key = UnboundKey::new(&AES_256_GCM, &mac.finalize().into_bytes()).map_err(Error::internal)?;
        Ok(Sealer(LessSafeKey::new(key)))
    }

    /// A random nonce, and what was sealed for this webhook alone.
    pub fn seal(&self, webhook_id: Id, secret: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(Error::internal)?;
        let mut sealed = secret.to_vec();
        let purpose = Aad::from(webhook_id.0.as_bytes());
        self.0
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), purpose, &mut sealed)
            .map_err(Error::internal)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// None where it was sealed for another webhook or under another key.
    pub fn open(&self, webhook_id: Id, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN)?;
        let mut secret = sealed.to_vec();
        let purpose = Aad::from(webhook_id.0.as_bytes());
        let opened =
            self.0.open_in_place(Nonce::try_assume_unique_for_key(nonce).ok()?, purpose, &mut secret);
        opened.ok().map(|secret| secret.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_opened_for_its_webhook_and_under_its_key_alone() {
        let (id, key) = (Id::new(), [7; 32]);
        let sealer = Sealer::new(&key).expect("a key");
        let sealed = sealer.seal(id, b"a secret").expect("sealed");
        assert!(!sealed.windows(8).any(|part| part == b"a secret"));
        assert_ne!(sealed, sealer.seal(id, b"a secret").expect("sealed"));
        assert_eq!(sealer.open(id, &sealed).as_deref(), Some(&b"a secret"[..]));
        assert_eq!(Sealer::new(&key).expect("a key").open(id, &sealed).as_deref(), Some(&b"a secret"[..]));
        assert_eq!(sealer.open(Id::new(), &sealed), None);
        assert_eq!(Sealer::new(&[8; 32]).expect("a key").open(id, &sealed), None);
        for damaged in [&sealed[1..], &sealed[..5], &[]] {
            assert_eq!(sealer.open(id, damaged), None);
        }
    }
}
