//! Passwords: argon2id (RFC 9106), off the workers and outside of transactions, two at a time.

use crate::error::{Error, Result};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Each takes 19 MiB and tens of milliseconds of a core; two keep the rest of the server alive.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A hash that no password has, so that an unknown address takes as long as a wrong password.
static DECOY: LazyLock<String> = LazyLock::new(|| hash_now("a password that nobody has").unwrap_or_default());

pub async fn hash(password: String) -> Result<String> {
    let _permit = AT_ONCE.acquire().await.map_err(Error::internal)?;
    spawn_blocking(move || hash_now(&password)).await.map_err(Error::internal)?
}

/// Whether the password has this hash; with none, the same work and no.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    let _permit = AT_ONCE.acquire().await.map_err(Error::internal)?;
    spawn_blocking(move || {
        let known = stored.is_some();
        let phc = stored.unwrap_or_else(|| DECOY.clone());
        let hash = PasswordHash::new(&phc).map_err(Error::internal)?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok() && known)
    })
    .await
    .map_err(Error::internal)?
}

/// The hash in PHC string form. Blocks for tens of milliseconds.
pub fn hash_now(password: &str) -> Result<String> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(Error::internal)?;
    let hash =
        Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map_err(Error::internal)?;
    Ok(hash.to_string())
}
