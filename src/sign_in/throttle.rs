//! Slows down guessing: only failures count, 10 for an account from an address and 100 for an address in 15 minutes.
//! The count lies in the database, so that several instances share it. What is open to everyone besides signing in has a count
//! of its own from each address.

use crate::access::Tx;
use crate::clock::Instant;
use crate::db::schema::sign_in_failures;
use crate::error::{Error, Result};
use crate::ids::Id;
use chrono::Duration;
use diesel::prelude::*;

const PER_ACCOUNT_AND_ADDRESS: usize = 10;
const PER_ADDRESS: usize = 100;

fn window() -> Duration {
    Duration::minutes(15)
}

/// 429 where too many attempts have failed lately, with the seconds until the oldest of them no longer counts.
pub fn admit(tx: &mut Tx<'_>, email_key: &str, address: &str) -> Result<()> {
    let now = tx.now;
    let failures: Vec<(String, Instant)> = sign_in_failures::table
        .filter(sign_in_failures::address.eq(address.to_owned()))
        .filter(sign_in_failures::failed_at.gt(now.minus(window())))
        .order(sign_in_failures::failed_at.desc())
        .limit(PER_ADDRESS as i64)
        .select((sign_in_failures::email_key, sign_in_failures::failed_at))
        .load(tx.conn())?;
    let of_account = failures.iter().filter(|(key, _)| key == email_key).nth(PER_ACCOUNT_AND_ADDRESS - 1);
    let of_address = failures.get(PER_ADDRESS - 1);
    match of_account.or(of_address) {
        None => Ok(()),
        Some((_, oldest)) => Err(too_many(*oldest, now)),
    }
}

/// 429, until the oldest of those that are too many no longer counts.
fn too_many(oldest: Instant, now: Instant) -> Error {
    let retry_after = oldest.plus(window()).seconds_since(now).ceil().max(1.0) as u64;
    Error::TooManyRequests { retry_after }
}

/// Something that is open to everyone, which is done only so often from an address in 15 minutes.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    pub what: &'static str,
    pub most: usize,
}

impl Counted {
    /// 429 where it was done too often lately.
    pub fn admit(&self, tx: &mut Tx<'_>, address: &str) -> Result<()> {
        let now = tx.now;
        let times: Vec<Instant> = sign_in_failures::table
            .filter(sign_in_failures::address.eq(self.of(address)))
            .filter(sign_in_failures::failed_at.gt(now.minus(window())))
            .order(sign_in_failures::failed_at.desc())
            .limit(self.most as i64)
            .select(sign_in_failures::failed_at)
            .load(tx.conn())?;
        times.get(self.most - 1).map_or(Ok(()), |oldest| Err(too_many(*oldest, now)))
    }

    pub fn count(&self, tx: &mut Tx<'_>, address: &str) -> Result<()> {
        count_failure(tx, self.what, &self.of(address))
    }

    /// The address, with what is counted: it has no account, and is no matter of who signs in from there.
    fn of(&self, address: &str) -> String {
        format!("{} {address}", self.what)
    }
}

/// Counts a failure, and forgets those that no longer count.
pub fn count_failure(tx: &mut Tx<'_>, email_key: &str, address: &str) -> Result<()> {
    let now = tx.now;
    let over = sign_in_failures::table.filter(sign_in_failures::failed_at.le(now.minus(window())));
    diesel::delete(over).execute(tx.conn())?;
    diesel::insert_into(sign_in_failures::table)
        .values((
            sign_in_failures::id.eq(Id::new()),
            sign_in_failures::email_key.eq(email_key.to_owned()),
            sign_in_failures::address.eq(address.to_owned()),
            sign_in_failures::failed_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}
