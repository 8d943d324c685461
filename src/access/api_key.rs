//! API keys: `fbl_` and eight characters by which a key is found and recognised, `_`, and a secret of 200 bits with a
//! checksum behind it. Scanners for leaked secrets find them by `fbl_` and tell them from chance by the checksum.

use crate::error::{Error, Result};
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

/// What every key begins with.
pub const MARK: &str = "fbl_";
/// Crockford's: 32 characters, none of which is taken for another.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters of five bits each.
const HANDLE: usize = 8;
const SECRET: usize = 40;
const CHECKSUM: usize = 6;

/// A key that was just made. It is shown once, and what is stored is its prefix and its hash.
pub struct NewKey {
    pub key: String,
    pub prefix: String,
    pub hash: Vec<u8>,
}

impl NewKey {
    pub fn make() -> Result<NewKey> {
        let prefix = format!("{MARK}{}", random(HANDLE)?);
        let body = format!("{prefix}_{}", random(SECRET)?);
        let key = format!("{body}{}", checksum(&body));
        Ok(NewKey { hash: hash(&key).to_vec(), key, prefix })
    }
}

/// A key that came with a request: what it is found by, and its hash. The key itself is not kept.
pub struct PresentedKey {
    pub(super) prefix: String,
    hash: [u8; 32],
}

impl PresentedKey {
    /// None for what is no key at all, or was mistyped: nobody needs to look for it.
    pub fn read(text: &str) -> Option<PresentedKey> {
        let (body, sum) = text.split_at_checked(MARK.len() + HANDLE + 1 + SECRET)?;
        let (prefix, secret) = body.rsplit_once('_')?;
        if secret.len() != SECRET || sum != checksum(body) {
            return None;
        }
        Some(PresentedKey { prefix: prefix.to_owned(), hash: hash(text) })
    }

    /// The hash, to count its requests by.
    pub(super) fn digest(&self) -> [u8; 32] {
        self.hash
    }

    /// Whether it is the key of this hash. Takes as long for any other.
    pub(super) fn is(&self, stored: &[u8]) -> bool {
        self.hash.ct_eq(stored).into()
    }
}

impl fmt::Debug for PresentedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PresentedKey({})", self.prefix)
    }
}

/// What is stored of a key. It needs no slow hash: it cannot be guessed.
fn hash(key: &str) -> [u8; 32] {
    Sha256::digest(key).into()
}

/// Tells nothing that the key does not: it is made of the key alone.
fn checksum(body: &str) -> String {
    spell(&Sha256::digest(body)[..CHECKSUM])
}

fn random(length: usize) -> Result<String> {
    let mut bytes = vec![0; length];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(spell(&bytes))
}

/// Five bits of each byte as a character.
fn spell(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_made_and_no_other_way() {
        let made = NewKey::make().expect("a key");
        let read = PresentedKey::read(&made.key).expect("a key");
        assert!(read.prefix == made.prefix && read.is(&made.hash), "{}", made.prefix);
        assert!(!read.is(&NewKey::make().expect("another").hash));
        assert!(!format!("{read:?}").contains(&made.key[made.prefix.len() + 1..]));
        assert!(made.key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));

        let (body, sum) = made.key.split_at(made.key.len() - CHECKSUM);
        let mistyped =
            format!("{}{}{sum}", &body[..body.len() - 1], if body.ends_with('0') { '1' } else { '0' });
        let others = [
            mistyped,
            body.to_owned(),
            format!("{}0", made.key),
            made.prefix.clone(),
            "fbl_".into(),
            "é".repeat(30),
        ];
        for other in others {
            assert!(PresentedKey::read(&other).is_none(), "{other}");
        }
    }
}
