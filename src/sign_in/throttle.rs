//! Slows down guessing: only failures count, 10 for an account from an address and 100 for an address in 15 minutes.
//! The count lies in the database, so that several instances share it. What is guessed otherwise than an account's password,
//! such as a link's token, has one name for all of its kind in the place of the account.

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
        Some((_, oldest)) => {
            let retry_after = oldest.plus(window()).seconds_since(now).ceil().max(1.0) as u64;
            Err(Error::TooManyRequests { retry_after })
        }
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
